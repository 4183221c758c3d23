namespace Jiesu.Intelligence.Contracts;

/// <summary>聚集迹象 in a text.</summary>
/// <param name="Words">聚集词 found, each once.</param>
/// <param name="Headcount">文中人数: the highest number of persons or households; 0 when none are named.</param>
public sealed record CrowdSigns(IReadOnlyList<string> Words, int Headcount);

/// <summary>面的边界, for drawing: a street or a community.</summary>
/// <param name="Code">区划代码.</param>
/// <param name="Rings">Longitude and latitude in CGCS2000, as orders keep their points.</param>
public sealed record AreaOutline(string Code, IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>> Rings);

/// <summary>事件阅读: what the texts of one event say, and where it lies. Keeps nothing.</summary>
public interface IEventReading
{
    /// <summary>聚集词与人数 in a text.</summary>
    /// <param name="except">例外词: longer words that take a word away.</param>
    CrowdSigns SignsOf(string text, IReadOnlyList<string> words, IReadOnlyList<string> except);

    /// <summary>诉求要点: the sentence that asks for something, of the text nearest to the middle of them all; struck of names and numbers. Where none asks, the title of that text.
    /// Null without texts.</summary>
    /// <param name="texts">Title, a line break, content.</param>
    string? AskOf(IReadOnlyList<string> texts);

    /// <summary>街道、社区的边界 that reach into a box; empty where the house has no areas.</summary>
    IReadOnlyList<AreaOutline> OutlinesIn(double west, double south, double east, double north);
}
