namespace Jiesu.Intelligence.Contracts;

/// <summary>大模型任务.</summary>
public enum LanguageTask
{
    /// <summary>要素抽取.</summary>
    Extract,

    /// <summary>分类重排.</summary>
    Rank,

    /// <summary>答复草稿.</summary>
    Reply,

    /// <summary>摘要.</summary>
    Summary,
}

/// <summary>应答结果: how a question to the model ended; everything but <see cref="Answered"/> falls back to what the house knows itself.</summary>
public enum LanguageOutcome
{
    Answered,

    /// <summary>未启用: no model is set up, or not for this task.</summary>
    Off,

    /// <summary>不出本系统: a secret order.</summary>
    Withheld,

    /// <summary>熔断: the model failed several times in a row and rests.</summary>
    Resting,

    /// <summary>超时.</summary>
    TimedOut,

    /// <summary>连接不上, or the connection broke.</summary>
    Unreachable,

    /// <summary>The server refused: any status that is no success, redirects included.</summary>
    Refused,

    /// <summary>应答过大.</summary>
    TooLarge,

    /// <summary>格式不符: no JSON, unknown or missing fields, wrong types, texts that are too long.</summary>
    Malformed,

    /// <summary>选项之外: a class that was not offered.</summary>
    NotOffered,
}

/// <summary>诉求 as the model may learn of it. Names, numbers and addresses are struck out behind this door, not in front of it.</summary>
/// <param name="IsSecret">保密: never leaves the house.</param>
/// <param name="Known">已知身份: the caller's name and telephone, struck out wherever they stand; never sent.</param>
public sealed record LanguageOrder(Guid Id, string Title, string Content, string? Address, bool IsSecret, IReadOnlyList<string> Known);

/// <summary>要素: words of the request itself, null where it says nothing.</summary>
/// <param name="Ask">诉求: what is asked for, in one sentence.</param>
public sealed record ExtractedFacts(string? Place, string? Company, string? Time, string? Amount, string? Ask);

/// <summary>分类重排: codes among those that were offered, best first.</summary>
public sealed record RankedClasses(IReadOnlyList<string> Codes, string Reason);

/// <summary>大模型应答.</summary>
/// <param name="Value">Null unless answered.</param>
/// <param name="Model">模型名称 that answered.</param>
public sealed record LanguageAnswer<T>(T? Value, LanguageOutcome Outcome, string? Model = null)
    where T : class
{
    /// <summary>One sentence for whoever asked; null when the model answered.</summary>
    public string? Words => Outcome switch
    {
        LanguageOutcome.Answered => null,
        LanguageOutcome.Off => "未启用大模型，以下为本地建议。",
        LanguageOutcome.Withheld => "保密工单不发送给大模型，以下为本地建议。",
        _ => "大模型暂不可用，以下为本地建议。",
    };
}

/// <summary>大模型接口: any OpenAI-compatible server of the district's own network. Off at first; never fails, never decides; what it says is checked before anybody sees it.</summary>
public interface ILanguageModel
{
    /// <summary>Whether it is worth asking at all: switched on, and for this task.</summary>
    bool Offers(LanguageTask task);

    /// <summary>每分钟工单数 that may be asked about without anybody waiting for it.</summary>
    int MostPerMinute { get; }

    /// <summary>要素抽取.</summary>
    Task<LanguageAnswer<ExtractedFacts>> ExtractAsync(LanguageOrder order, CancellationToken ct);

    /// <summary>分类重排 of the candidates that the local model named.</summary>
    Task<LanguageAnswer<RankedClasses>> RankAsync(LanguageOrder order, IReadOnlyList<ClassAdvice> candidates, CancellationToken ct);

    /// <summary>答复草稿: plain text. Whoever answers reads it, changes it, and sends it themselves.</summary>
    /// <param name="examples">相似工单的答复, struck out like the order.</param>
    Task<LanguageAnswer<string>> DraftReplyAsync(LanguageOrder order, IReadOnlyList<string> examples, CancellationToken ct);

    /// <summary>摘要: plain text.</summary>
    /// <param name="result">办理结果 so far; null when there is none.</param>
    Task<LanguageAnswer<string>> SummariseAsync(LanguageOrder order, string? result, CancellationToken ct);

    /// <summary>脱敏: the text without what names or finds a person, for showing it at another order.</summary>
    string Strike(string text);
}
