using Jiesu.Catalog.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Catalog.Domain.Forms;

/// <summary>Rows are never altered, so a version is what it was.</summary>
internal sealed class FormVersions(JiesuDb db) : IFormVersions
{
    public async Task<IReadOnlyDictionary<FormVersion, FormDefinition>> FindAsync(IReadOnlyCollection<FormVersion> wanted, CancellationToken ct)
    {
        if (wanted.Count == 0)
        {
            return new Dictionary<FormVersion, FormDefinition>();
        }

        string[] codes = [.. wanted.Select(w => w.Code).Distinct()];
        var rows = await db.Set<FormRow>().AsNoTracking().Where(r => codes.Contains(r.Code)).ToListAsync(ct);
        return rows.Select(r => r.Definition).Where(f => wanted.Contains(new(f.Code, f.Version))).ToDictionary(f => new FormVersion(f.Code, f.Version));
    }
}
