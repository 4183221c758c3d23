using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Import;

/// <summary>导入模板: each person has their own, by name.</summary>
internal sealed class ImportTemplates(JiesuDb db, TimeProvider clock)
{
    private const int LongestName = 40;

    public async Task<IReadOnlyList<string>> NamesAsync(Actor actor, CancellationToken ct) =>
        await db.Set<ImportTemplate>().Where(t => t.PersonId == actor.PersonId).OrderBy(t => t.Name).Select(t => t.Name).ToListAsync(ct);

    public async Task<Result<ImportMapping>> FindAsync(string name, Actor actor, CancellationToken ct) =>
        await db.Set<ImportTemplate>().AsNoTracking().SingleOrDefaultAsync(t => t.PersonId == actor.PersonId && t.Name == name, ct) is { } found
            ? ImportMapping.Stored(found.Mapping)
            : new Error(ErrorKind.Unprocessable, "import.template_unknown", "您没有这个名称的导入模板。请改用列对应，或先保存模板。", "template");

    /// <summary>Put into the session, over one of the same name; why not, or null.</summary>
    public async Task<Error?> KeepAsync(string name, ImportMapping mapping, Actor actor, CancellationToken ct)
    {
        if (name.Length > LongestName)
        {
            return new Error(ErrorKind.Invalid, "import.template_name", $"模板名称最多 {LongestName} 个字。", "template");
        }

        var kept = await db.Set<ImportTemplate>().SingleOrDefaultAsync(t => t.PersonId == actor.PersonId && t.Name == name, ct);
        if (kept is null)
        {
            db.Add(new ImportTemplate { PersonId = actor.PersonId, Name = name, Mapping = mapping.ToJson(), At = clock.GetUtcNow() });
        }
        else
        {
            (kept.Mapping, kept.At) = (mapping.ToJson(), clock.GetUtcNow());
        }

        return null;
    }
}
