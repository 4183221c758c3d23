namespace Jiesu.Intelligence.Contracts;

/// <summary>答复检查: what a reply says and what it leaves out, by words that its reader can see. It judges nothing.</summary>
/// <param name="Length">Characters without courtesy.</param>
/// <param name="Signs">依据, 核查, 措施, 转办, 请补充 that were found, each with its words.</param>
/// <param name="Missing">依据, 核查 or 措施 that were not.</param>
public sealed record ReplyCheck(int Length, IReadOnlyList<ReplySign> Signs, IReadOnlyList<string> Missing)
{
    /// <summary>In one line.</summary>
    public string Words => string.Join("；", (string[])
    [
        $"除客套外 {Length} 字", .. Signs.Select(s => $"{s.Name}：{string.Join('、', s.Words)}"), .. Missing.Count == 0 ? (string[])[] : [$"未见{string.Join('、', Missing)}"],
    ]);
}

/// <summary>答复要点.</summary>
public sealed record ReplySign(string Name, IReadOnlyList<string> Words);

/// <summary>答复检查.</summary>
public interface IReplyChecks
{
    ReplyCheck Of(string reply);
}
