namespace Jiesu.Platform;

/// <summary>自检项: something that must hold in every installation, looked at by <c>selfcheck</c>. A module registers what it answers for.</summary>
public interface ISelfCheck
{
    /// <summary>中文名称, as the operator reads it.</summary>
    string Name { get; }

    /// <param name="isThorough">Everything, however long it takes; otherwise a sample where there is much.</param>
    Task<CheckResult> RunAsync(bool isThorough, CancellationToken ct);
}

/// <summary>自检结果.</summary>
/// <param name="Remark">中文; what was looked at.</param>
/// <param name="Faults">中文; what is wrong and what to do about it, by ids and codes, never a person. Empty when all is well.</param>
public sealed record CheckResult(string Remark, params IReadOnlyList<string> Faults)
{
    public bool IsPassed => Faults.Count == 0;
}
