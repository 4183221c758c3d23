using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Learn;

/// <summary>同类承办: what units were given of some classes, asked once for a batch of questions.</summary>
internal sealed class UnitHistory(JiesuDb db)
{
    public async Task<UnitRecord> OfAsync(IReadOnlyCollection<string> classes, CancellationToken ct) =>
        classes.Count == 0 ? UnitRecord.Empty
            : new((await db.Set<UnitCount>().AsNoTracking().Where(c => classes.Contains(c.ClassCode)).ToListAsync(ct)).ToLookup(c => (c.ClassCode, c.Town)));
}

/// <summary>承办记录 of some classes.</summary>
internal sealed class UnitRecord(ILookup<(string Class, string Town), UnitCount> counts)
{
    public static UnitRecord Empty { get; } = new(Array.Empty<UnitCount>().ToLookup(c => (c.ClassCode, c.Town)));

    /// <summary>Units that were given orders of this class at this town; at unknown places where <paramref name="town"/> is null.</summary>
    public IReadOnlyList<UnitCount> At(string classCode, string? town) => [.. counts[(classCode, town ?? "")]];
}
