using Jiesu.Platform;

namespace Jiesu.Evaluation.Domain;

/// <summary>
/// 考核期: Beijing days, both included. Dated data, appended: a change is a further revision of the same code, the highest one holds.
/// The days of a period that is over never change.
/// </summary>
internal sealed class AssessmentPeriod
{
    public const int LongestCode = 20;

    /// <summary>考核期代码: 2026-11.</summary>
    public required string Code { get; init; }
    public required int Revision { get; init; }
    public required DateOnly FirstDay { get; init; }
    public required DateOnly LastDay { get; init; }

    /// <summary>办结窗口起始: 办结量 counts closings from this day; the last day is that of the period (hotline guide 3.3.6).</summary>
    public required DateOnly ClosedFirstDay { get; init; }

    /// <summary>调整原因.</summary>
    public required string Reason { get; init; }

    /// <summary>Null: came with the installation.</summary>
    public Guid? AuthorId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset From => FirstDay.StartOfDay();
    public DateTimeOffset Until => LastDay.AddDays(1).StartOfDay();
    public DateTimeOffset ClosedFrom => ClosedFirstDay.StartOfDay();

    public bool IsOver(DateOnly today) => LastDay < today;
}

/// <summary>考核期表: the periods in force, oldest first; they follow each other without a gap, so that each order falls into exactly one.</summary>
internal sealed class PeriodTable(IEnumerable<AssessmentPeriod> all)
{
    public IReadOnlyList<AssessmentPeriod> InForce { get; } = [.. all.GroupBy(p => p.Code).Select(g => g.MaxBy(p => p.Revision)!).OrderBy(p => p.FirstDay)];

    public AssessmentPeriod? Find(string code) => InForce.FirstOrDefault(p => p.Code == code);

    /// <summary>The period of this day; beyond the table, null.</summary>
    public AssessmentPeriod? On(DateOnly day) => InForce.FirstOrDefault(p => p.FirstDay <= day && day <= p.LastDay);

    /// <summary>Those that have begun, newest first.</summary>
    public IEnumerable<AssessmentPeriod> Begun(DateOnly today) => InForce.Where(p => p.FirstDay <= today).Reverse();

    public AssessmentPeriod? After(AssessmentPeriod period) => InForce.FirstOrDefault(p => p.FirstDay > period.LastDay);
}
