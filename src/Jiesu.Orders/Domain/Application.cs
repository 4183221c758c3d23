using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>申请类别: what one person asks for and another decides.</summary>
internal enum ApplicationKind { Return, ReturnUp, Refuse, Cancel, Exclusion, Extension, Hold, Appeal, AddHandler, ShareReturn, Objection }

/// <summary>
/// 申请: applying sets an overlay; one to three people decide in turn, by the chain that held on the day of the application. One open application of a kind
/// (unique index).
/// </summary>
internal sealed class Application
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required OrderId OrderId { get; init; }
    public required ApplicationKind Kind { get; init; }
    public required Guid AppliedBy { get; init; }
    public required Guid AppliedByUnit { get; init; }
    public required DateTimeOffset AppliedAt { get; init; }
    public string? ReasonCode { get; init; }
    public string? Reason { get; init; }

    /// <summary>依据.</summary>
    public string? Basis { get; init; }

    /// <summary>建议承办单位.</summary>
    public Guid? ProposedUnitId { get; init; }

    /// <summary>申请明细: what else was asked for, as <see cref="StepDetails"/> writes it.</summary>
    public string? Details { get; init; }

    /// <summary>审批链: as <see cref="ApprovalChain"/> writes it; null: whoever holds the permission.</summary>
    public string? Chain { get; init; }

    /// <summary>审批层级 that decides now, from 0.</summary>
    public int Level { get; private set; }

    /// <summary>审批期限 of this level, UTC; null without one.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Null while open, and for one that lapsed or was taken back.</summary>
    public bool? IsApproved { get; private set; }

    /// <summary>The last to decide.</summary>
    public Guid? DecidedBy { get; private set; }

    /// <summary>No longer open from then on, UTC.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>审批意见.</summary>
    public string? Opinion { get; private set; }

    public bool IsOpen => DecidedAt is null;

    /// <summary>审批级数.</summary>
    public int Levels => Math.Max(1, ChainOf.Levels.Count);

    public bool IsAtLastLevel => Level + 1 >= ChainOf.Levels.Count;

    private ApprovalChain ChainOf => ApprovalChain.Read(Chain);

    /// <summary>Whether somebody in this role may decide now.</summary>
    public bool IsFor(string role) => ChainOf.Levels is not { Count: > 0 } levels || levels[Math.Min(Level, levels.Count - 1)].Roles.Contains(role);

    public void Begin(DateTimeOffset at) => DueAt = ChainOf.Levels is [var first, ..] ? at.AddHours(first.Hours) : null;

    /// <summary>同意并报下一级.</summary>
    public void Forward(Deed deed)
    {
        Level++;
        (DecidedBy, Opinion, DueAt) = (deed.Actor.PersonId, deed.Details.Opinion, deed.At.AddHours(ChainOf.Levels[Level].Hours));
    }

    public void Decide(bool isApproved, Deed deed) =>
        (IsApproved, DecidedBy, DecidedAt, Opinion) = (isApproved, deed.Actor.PersonId, deed.At, deed.Details.Opinion);

    /// <summary>The order went on otherwise, or the application was taken back: nothing is left to decide.</summary>
    public void Lapse(DateTimeOffset at) => DecidedAt = at;
}
