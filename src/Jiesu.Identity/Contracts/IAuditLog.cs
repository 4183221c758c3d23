using Jiesu.Platform;

namespace Jiesu.Identity.Contracts;

/// <summary>审计: sensitive acts beside the history of orders; append-only, chained afterwards by a job (SEC-49 to SEC-52).</summary>
public interface IAuditLog
{
    /// <summary>Adds one record to the session; it commits with the act, or the act does not happen.</summary>
    /// <param name="act">Stable name of the act: <c>caller.reveal</c>, <c>orders.export</c>, <c>catalog.change</c> …</param>
    /// <param name="subject">What it was done to, by id: <c>order/…</c>.</param>
    /// <param name="detail">Purpose, before and after; never personal data.</param>
    void Record(Actor actor, string act, string subject, string? detail = null);
}

/// <summary>在岗人员: a person in a role at a unit.</summary>
public sealed record Holder(Guid PersonId, Guid UnitId, string Role);

/// <summary>人员: names for histories, and who is to be told.</summary>
public interface IPeople
{
    /// <summary>姓名 by person; also of people who have left, and of machine clients. A name that was changed on another node is up to a minute old.</summary>
    Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Those of them who are not disabled; machine clients are not people.</summary>
    Task<IReadOnlySet<Guid>> EnabledAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Whose post at the unit holds the permission; nobody who is disabled. What is told is up to three seconds old.</summary>
    ValueTask<IReadOnlyList<Holder>> HoldersAsync(Guid unit, string permission, CancellationToken ct);
}
