namespace Jiesu.Orders.Features.HotIssues;

/// <summary>统计周期: a day, a week or so many months that end with a day, and equal spans before it. Spans instead of calendar weeks, so that a span that is not over is never compared with a whole one.</summary>
/// <param name="To">The last day, Beijing; belongs to the period.</param>
internal sealed record HotPeriod(string Kind, DateOnly To)
{
    /// <summary>前八期: what mean and deviation are taken of; the period before is the first of them.</summary>
    public const int Before = 8;

    public const string Usual = "week";

    public static IReadOnlyDictionary<string, string> Names { get; } =
        new Dictionary<string, string> { ["day"] = "日", ["week"] = "周", ["month"] = "月", ["quarter"] = "季", ["year"] = "年" };

    /// <summary>Nine years before it must still be days of the calendar.</summary>
    public static DateOnly Earliest { get; } = new(2000, 1, 1);

    /// <summary>The first day of the period that lies so many periods back; 0 is the period itself.</summary>
    public DateOnly First(int back) => Edge(back + 1);

    public DateOnly Last(int back) => Edge(back).AddDays(-1);

    private DateOnly Edge(int back) => (To.AddDays(1), Kind) switch
    {
        (var end, "day") => end.AddDays(-back),
        (var end, "week") => end.AddDays(-7 * back),
        (var end, "month") => end.AddMonths(-back),
        (var end, "quarter") => end.AddMonths(-3 * back),
        (var end, _) => end.AddYears(-back),
    };
}
