namespace Jiesu.Catalog.Domain.Tables;

/// <summary>修订: closes what holds from a day on and opens what shall hold instead. The past stays as it was.</summary>
internal static class Revision
{
    /// <summary>Takes the place of whatever holds from <paramref name="from"/> until the next planned change; returns the new row, opened.</summary>
    public static DatedRow Replace(IReadOnlyList<DatedRow> history, DatedRow next, DateOnly from, Change change)
    {
        var planned = history.Where(r => !r.IsVoid && r.ValidFrom > from).Select(r => (DateOnly?)r.ValidFrom).Min();
        foreach (var row in history.Where(r => !r.IsVoid && r.HoldsOn(from)))
        {
            row.Close(from);
        }

        next.Open(history.Select(r => r.Revision).DefaultIfEmpty(0).Max() + 1, from, planned, change);
        return next;
    }

    /// <summary>停用: nothing holds from <paramref name="from"/> on; planned changes fall away. The last row keeps the reason in its successor, a void one.</summary>
    public static DatedRow Retire(IReadOnlyList<DatedRow> history, DatedRow mark, DateOnly from, Change change)
    {
        foreach (var row in history.Where(r => !r.IsVoid && (r.HoldsOn(from) || r.ValidFrom > from)))
        {
            row.Close(from);
        }

        mark.Open(history.Max(r => r.Revision) + 1, from, from, change);
        return mark;
    }
}
