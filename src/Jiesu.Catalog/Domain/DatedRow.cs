namespace Jiesu.Catalog.Domain;

/// <summary>
/// 有效期内的一行: policy is dated data. A row holds from <see cref="ValidFrom"/> until before <see cref="ValidUntil"/> (Beijing days); a change closes it
/// and opens another, nothing else of it is ever altered. A row that was replaced before its first day is void: both days are equal.
/// </summary>
internal abstract class DatedRow
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>编码: stays the same through all changes.</summary>
    public required string Code { get; init; }

    /// <summary>修订号: 1 for the first row of a code; two changes at once would take the same number, so one of them is refused.</summary>
    public int Revision { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    /// <summary>The first day on which it no longer holds; null while no end is known.</summary>
    public DateOnly? ValidUntil { get; private set; }

    /// <summary>修改人; null for what the installation brought.</summary>
    public Guid? AuthorId { get; private set; }

    /// <summary>修改原因.</summary>
    public string Reason { get; private set; } = "";

    public DateTimeOffset ChangedAt { get; private set; }

    public bool IsVoid => ValidUntil <= ValidFrom;

    public bool HoldsOn(DateOnly day) => ValidFrom <= day && (ValidUntil is not { } until || day < until);

    /// <summary>Gives the row its place in the history of its code.</summary>
    public void Open(int revision, DateOnly from, DateOnly? until, Change change) =>
        (Revision, ValidFrom, ValidUntil, AuthorId, Reason, ChangedAt) = (revision, from, until, change.AuthorId, change.Reason, change.At);

    /// <summary>Ends the row before this day; a row that has not begun by then becomes void.</summary>
    public void Close(DateOnly day) => ValidUntil = day > ValidFrom ? day : ValidFrom;
}

/// <summary>一次修改: who, why, when.</summary>
internal sealed record Change(Guid? AuthorId, string Reason, DateTimeOffset At);

/// <summary>目录变更记录: one row a change, written with it; their number tells each node whether its copy of the catalogue is still the latest.</summary>
internal sealed class CatalogChange
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>What was changed: table and code.</summary>
    public required string Subject { get; init; }
    public required DateTimeOffset At { get; init; }
}
