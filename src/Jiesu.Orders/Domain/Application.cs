using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>申请类别: what one person asks for and another decides.</summary>
internal enum ApplicationKind { Return, ReturnUp, Refuse, Cancel, Exclusion, Extension, Hold, Appeal }

/// <summary>申请: two steps by two people. Applying sets an overlay; deciding applies or withdraws it. One open application of a kind (unique index).</summary>
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

    /// <summary>Null while open, and for one that lapsed because the order ended.</summary>
    public bool? IsApproved { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>No longer open from then on, UTC.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>审批意见.</summary>
    public string? Opinion { get; private set; }

    public bool IsOpen => DecidedAt is null;

    public void Decide(bool isApproved, Deed deed) =>
        (IsApproved, DecidedBy, DecidedAt, Opinion) = (isApproved, deed.Actor.PersonId, deed.At, deed.Details.Opinion);

    /// <summary>The order ended otherwise: nothing is left to decide.</summary>
    public void Lapse(DateTimeOffset at) => DecidedAt = at;
}
