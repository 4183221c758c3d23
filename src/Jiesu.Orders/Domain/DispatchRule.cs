using Jiesu.Orders.Contracts;
using Jiesu.Platform.Text;

namespace Jiesu.Orders.Domain;

/// <summary>标准状态.</summary>
internal enum DispatchRuleState
{
    /// <summary>候选: mined or written, does nothing yet.</summary>
    Candidate,

    /// <summary>已启用: dispatches between its days.</summary>
    Active,

    /// <summary>已暂停: by the watch-dog or a person.</summary>
    Suspended,

    /// <summary>已否决.</summary>
    Rejected,
}

/// <summary>
/// 自动派单标准: orders of a class, at a town or with a word, go to a unit without a dispatcher. A person approves it for some days after having seen how it would have
/// done on past orders, and may stop it at any time (design principle: machines advise, people decide).
/// </summary>
internal sealed class DispatchRule
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>标准编号: R-0001 …</summary>
    public required int No { get; init; }

    /// <summary>分类代码 AABBCC; one that ends in zeros means all classes below it.</summary>
    public required string ClassCode { get; init; }

    /// <summary>区划代码 of the town; null for all.</summary>
    public string? TownCode { get; init; }

    /// <summary>A word that title or content must have; null without.</summary>
    public string? Word { get; init; }

    /// <summary>单位代码 of the lead; null for 属地街乡镇: the unit of the order's town.</summary>
    public string? LeadCode { get; init; }
    public DispatchRuleState State { get; private set; }
    public int Version { get; private set; } = 1;

    /// <summary>支持数: past orders that it would have fitted, and how many of them went to its unit and stayed there; 0 where a person wrote it.</summary>
    public int Support { get; init; }
    public int Right { get; init; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>回放: what it would have done on past orders, as JSON; null before the first one.</summary>
    public string? Replay { get; private set; }
    public DateTimeOffset? ReplayedAt { get; private set; }

    /// <summary>有效期, Beijing days, both included; null before approval.</summary>
    public DateOnly? ValidFrom { get; private set; }
    public DateOnly? ValidUntil { get; private set; }

    /// <summary>每日上限 of dispatches.</summary>
    public int DailyLimit { get; private set; }
    public Guid? ApprovedBy { get; private set; }

    /// <summary>When and why it came to its state.</summary>
    public DateTimeOffset? StateAt { get; private set; }
    public string? StateWhy { get; private set; }

    public string Number => NumberOf(No);

    public static string NumberOf(int no) => string.Create(null, $"R-{no:D4}");

    /// <summary>Fuller conditions are narrower: a word, a town, a deeper class.</summary>
    public int Narrowness => (Word is null ? 0 : 8) + (TownCode is null ? 0 : 4) + (Prefix.Length / 2);

    private string Prefix => ClassCode.EndsWith("0000", StringComparison.Ordinal) ? ClassCode[..2] : ClassCode.EndsWith("00", StringComparison.Ordinal) ? ClassCode[..4] : ClassCode;

    public bool Fits(string? classCode, string? townCode, string text) =>
        classCode?.StartsWith(Prefix, StringComparison.Ordinal) == true
        && (TownCode is null || TownCode == townCode)
        && (Word is null || text.Contains(Word, StringComparison.OrdinalIgnoreCase))
        && (LeadCode is not null || townCode is not null);

    public bool IsValidOn(DateOnly day) => State == DispatchRuleState.Active && day >= ValidFrom && day <= ValidUntil;

    public void KeepReplay(string json, DateTimeOffset now) => (Replay, ReplayedAt, Version) = (json, now, Version + 1);

    public void Approve(DateOnly from, DateOnly until, int dailyLimit, string why, Guid by, DateTimeOffset now)
    {
        (ValidFrom, ValidUntil, DailyLimit, ApprovedBy) = (from, until, dailyLimit, by);
        Enter(DispatchRuleState.Active, why, now);
    }

    /// <summary>What was replayed before no longer counts: to go on, it is looked at again.</summary>
    public void Suspend(string why, DateTimeOffset now)
    {
        (Replay, ReplayedAt) = (null, null);
        Enter(DispatchRuleState.Suspended, why, now);
    }

    public void Reject(string why, DateTimeOffset now) => Enter(DispatchRuleState.Rejected, why, now);

    private void Enter(DispatchRuleState state, string why, DateTimeOffset now) => (State, StateWhy, StateAt, Version) = (state, UnicodeText.Head(why, 200), now, Version + 1);
}

/// <summary>自动派单记录: what a rule did with an order, once; or why it left it to a person.</summary>
internal sealed class AutoDispatch
{
    public required OrderId OrderId { get; init; }
    public required Guid RuleId { get; init; }

    /// <summary>Null where it was held back.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>Why a person must decide; null where it was dispatched.</summary>
    public string? HeldBack { get; init; }
    public required DateTimeOffset At { get; init; }
}
