using Jiesu.Platform;
using Vogen;

namespace Jiesu.Identity.Contracts;

/// <summary>诉求人标识.</summary>
[ValueObject<Guid>]
public readonly partial struct CallerId
{
    public static CallerId Next() => From(Guid.CreateVersion7());
}

/// <summary>诉求人登记: what intake knows of the caller; null or empty where not told.</summary>
/// <param name="IsSecret">保密: handling units get no identity at all.</param>
public sealed record CallerDraft(string? Name, string? Phone, bool IsSecret);

/// <summary>诉求人(脱敏): name and phone as a page may show them.</summary>
public sealed record MaskedCaller(string Name, string Phone);

/// <summary>已登记诉求人.</summary>
/// <param name="Same">同一诉求人: other records of the caller, by blind index, newest first; empty where no phone is known and for a secret caller. Never the record itself.</param>
public sealed record KnownCaller(MaskedCaller Masked, IReadOnlyList<CallerId> Same);

/// <summary>诉求人(明文): only as the answer to a reveal that was written down.</summary>
public sealed record RevealedCaller(string? Name, string? Phone);

/// <summary>诉求人与电话盲索引: equal numbers have equal indexes, and nothing else can be read from one.</summary>
public sealed class CallerPhone
{
    public CallerId? Caller { get; init; }

    /// <summary>Null where no number is known.</summary>
    public string? PhoneIndex { get; init; }
}

/// <summary>诉求人: a separate, encrypted record. Orders keep its id only.</summary>
public interface ICallers
{
    /// <summary>Adds the caller to the session of the order; saved in the same transaction.</summary>
    CallerId Add(CallerDraft draft);

    /// <summary>What <see cref="MaskAsync"/> will say of a caller who is not stored yet.</summary>
    MaskedCaller Mask(CallerDraft draft);

    /// <summary>Masked on the server; a secret caller is 保密 to whoever may not know.</summary>
    Task<IReadOnlyDictionary<CallerId, MaskedCaller>> MaskAsync(IReadOnlyCollection<CallerId> ids, CancellationToken ct);

    /// <summary>
    /// Shows the caller for a purpose and writes who saw it (SEC-32), both in one transaction. The asker has checked that the order is in the person's hands.
    /// Refuses without a purpose, above the daily quota, and for a secret caller without <paramref name="maySeeSecret"/>.
    /// </summary>
    Task<Result<RevealedCaller>> RevealAsync(CallerId id, string subject, string? purpose, bool maySeeSecret, Actor actor, CancellationToken ct);

    /// <summary>One caller, masked, with the other records of the same person, in one question; null when there is none.</summary>
    Task<KnownCaller?> FindAsync(CallerId id, CancellationToken ct);

    /// <summary>
    /// 诉求人的姓名和电话 in clear, so that a program can strike them out of a text before it leaves the house. For that alone: they are shown to nobody, sent nowhere, kept nowhere,
    /// and so count as no reveal. Empty when nothing is known.
    /// </summary>
    Task<IReadOnlyList<string>> TracesAsync(CallerId id, CancellationToken ct);

    /// <summary>The same of many callers, without those of whom nothing is known.</summary>
    Task<IReadOnlyDictionary<CallerId, IReadOnlyList<string>>> TracesAsync(IReadOnlyCollection<CallerId> ids, CancellationToken ct);

    /// <summary>Callers with this phone, by blind index, the latest first; for repeat calls. Secret callers are not found: that they called is theirs.</summary>
    Task<IReadOnlyList<CallerId>> FindByPhoneAsync(string phone, CancellationToken ct);

    /// <summary>不同诉求人: for each of these callers the one that stands for all with the same telephone number; those without a number stand for themselves.</summary>
    Task<IReadOnlyDictionary<CallerId, CallerId>> PersonsAsync(IReadOnlyCollection<CallerId> ids, CancellationToken ct);

    /// <summary>The same as a part of a larger question to the database, where there are more callers than anybody would fetch: to be joined, counted, and never shown.</summary>
    IQueryable<CallerPhone> Phones();
}
