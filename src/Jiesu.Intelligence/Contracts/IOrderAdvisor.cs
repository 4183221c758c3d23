namespace Jiesu.Intelligence.Contracts;

/// <summary>待分析诉求: what is known of a request while it is typed or after it came in. Town is a 区划代码; instants in UTC.</summary>
public sealed record AdviceQuestion(string Text, string? Title = null, string? Address = null, string? Town = null, double? Lon = null, double? Lat = null, string? Channel = null, DateTimeOffset? At = null);

/// <summary>分类建议.</summary>
/// <param name="Score">0–1.</param>
/// <param name="Evidence">Words that spoke for it.</param>
/// <param name="IsSure">可自动派单: among texts left out while learning, 98 of 100 with such a score were right.</param>
public sealed record ClassAdvice(string Code, string Name, string Path, double Score, string Evidence, bool IsSure = false);

/// <summary>承办单位建议.</summary>
/// <param name="Role">lead 主办 or co 协办.</param>
/// <param name="IsAccused">反映的是该单位自身: named so that a person sees it, and never proposed by itself.</param>
public sealed record UnitAdvice(string Unit, string UnitName, string Role, double Score, string Evidence, bool IsAccused = false);

/// <summary>地址建议: codes with their names; the position is null where unknown.</summary>
public sealed record AddressAdvice(string Text, string? Town, string? TownName, string? Community, string? CommunityName, double? Lon, double? Lat, double Score, string Evidence);

/// <summary>标记: what a person should look at first.</summary>
/// <param name="Flag">紧急, 扬言, 群诉, 供暖, 供水 or 消防安全 (hotline guide 6.2, 6.3).</param>
/// <param name="Words">The words that raised it, as they stand in the text.</param>
public sealed record FlagAdvice(string Flag, IReadOnlyList<string> Words);

/// <summary>要素类别.</summary>
public enum SpanKind
{
    /// <summary>地点: a compound, road, school, numbered house.</summary>
    Place,

    /// <summary>单位名称: a firm or shop.</summary>
    Company,

    /// <summary>时间.</summary>
    Time,

    /// <summary>金额.</summary>
    Amount,

    /// <summary>姓名.</summary>
    Person,

    /// <summary>电话.</summary>
    Phone,

    /// <summary>门牌: entrance and room.</summary>
    Home,

    /// <summary>证件, 银行卡, 账号, 邮箱, 车牌.</summary>
    Identifier,
}

/// <summary>要素片段: where in the request something stands, in UTF-16 units of that field.</summary>
/// <param name="Field">title, text or address.</param>
/// <param name="Text">Null for what names or finds a person: who redacts needs the place, nobody needs a second copy.</param>
public sealed record EntitySpan(SpanKind Kind, string Field, int Start, int End, string? Text);

/// <summary>地址要素 as the parser reads the address: province … road, number, building, unit, room, point of interest.</summary>
/// <param name="KindName">In words: 道路, 楼号 …</param>
public sealed record ElementAdvice(string Kind, string KindName, string Text);

/// <summary>相似诉求: an id that the asker must still filter by data scope.</summary>
public sealed record SimilarText(Guid Id, double Score);

/// <summary>智能建议: ranked, with evidence; never applied by itself.</summary>
/// <param name="Entities">实体: names of compounds, roads and firms.</param>
/// <param name="Elements">Of the address that was asked about; empty without one, or while no parser is ready.</param>
public sealed record Advice(
    IReadOnlyList<ClassAdvice> Classes, IReadOnlyList<UnitAdvice> Units, IReadOnlyList<AddressAdvice> Addresses, IReadOnlyList<string> Keywords,
    IReadOnlyList<string> Entities, IReadOnlyList<EntitySpan> Spans, IReadOnlyList<ElementAdvice> Elements, IReadOnlyList<FlagAdvice> Flags, IReadOnlyList<SimilarText> Similar, string ModelVersion);

/// <summary>智能服务: reads a request and advises. Deterministic for one model version.</summary>
public interface IOrderAdvisor
{
    Task<Advice> AdviseAsync(AdviceQuestion question, CancellationToken ct);

    /// <summary>Many at once, without similar texts; for imports and bulk channels.</summary>
    Task<IReadOnlyList<Advice>> AdviseAsync(IReadOnlyList<AdviceQuestion> questions, CancellationToken ct);
}

/// <summary>诉求文本: what Orders tells Intelligence of texts, outcomes and corrections.</summary>
public interface IOrderTexts
{
    /// <summary>Adds texts to the index of similar requests; known ids are replaced. Saved with the caller's session.</summary>
    Task LearnAsync(IReadOnlyList<LearnedText> texts, CancellationToken ct);

    /// <summary>The nearest texts, best first, without <paramref name="except"/>.</summary>
    Task<IReadOnlyList<SimilarText>> FindSimilarAsync(string text, Guid? except, int count, CancellationToken ct) => FindSimilarAsync(text, except, count, null, ct);

    /// <summary>The same among requests made at or after <paramref name="since"/>.</summary>
    Task<IReadOnlyList<SimilarText>> FindSimilarAsync(string text, Guid? except, int count, DateTimeOffset? since, CancellationToken ct);
}

/// <summary>诉求文本样本: one order, with the class a person confirmed, if any.</summary>
/// <param name="Text">Title, a line break, content: what the title says counts more for likeness.</param>
/// <param name="At">When the citizen called.</param>
public sealed record LearnedText(Guid Id, string Text, string? ClassCode, string? Town, DateTimeOffset At);
