using System.Collections.Concurrent;
using Jiesu.Catalog.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Catalog.Domain.Forms;

/// <summary>The questions of a row are never altered, so a version is what it was: this node asks for each once.</summary>
internal sealed class KnownForms
{
    private readonly ConcurrentDictionary<FormVersion, FormDefinition> _known = new();

    public FormDefinition? Find(FormVersion version) => _known.GetValueOrDefault(version);

    public void Keep(FormDefinition form) => _known[new(form.Code, form.Version)] = form;
}

internal sealed class FormVersions(JiesuDb db, KnownForms known) : IFormVersions
{
    public async Task<IReadOnlyDictionary<FormVersion, FormDefinition>> FindAsync(IReadOnlyCollection<FormVersion> wanted, CancellationToken ct)
    {
        string[] codes = [.. wanted.Where(w => known.Find(w) is null).Select(w => w.Code).Distinct()];
        var rows = codes.Length == 0 ? [] : await db.Set<FormRow>().AsNoTracking().Where(r => codes.Contains(r.Code)).ToListAsync(ct);
        rows.ForEach(r => known.Keep(r.Definition));
        return wanted.Distinct().Select(known.Find).OfType<FormDefinition>().ToDictionary(f => new FormVersion(f.Code, f.Version));
    }
}
