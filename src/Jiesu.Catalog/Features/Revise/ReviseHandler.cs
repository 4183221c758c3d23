using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Domain.Tables;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;

namespace Jiesu.Catalog.Features.Revise;

/// <summary>修订请求: what was typed about one row of one table.</summary>
/// <param name="Seen">The revision that the person saw; 0 for a new code.</param>
/// <param name="Confirmed">Digest of what the person was shown before saving; empty at the first press.</param>
internal sealed record RevisionRequest(
    CatalogTable Table, string Code, IReadOnlyDictionary<string, string> Values, string ValidFrom, string Reason, bool Retire, int Seen, string Confirmed);

/// <summary>Either saved, or to be confirmed: then with the digest that a second press brings along.</summary>
internal sealed record RevisionOutcome(bool IsSaved, string Digest);

/// <summary>Checks a change, shows what it would do, and on the second press makes it: rows, change record, audit in one transaction.</summary>
internal sealed class ReviseHandler(JiesuDb db, CatalogueCache cache, IUnitDirectory units, IAuditLog audit, TimeProvider clock)
{
    private const int LongestReason = 500;
    private const string DayFormat = "yyyy-MM-dd";

    public async Task<Result<RevisionOutcome>> HandleAsync(RevisionRequest request, Actor actor, CancellationToken ct)
    {
        var history = await request.Table.HistoryAsync(db, request.Code, ct);
        if (request.Seen == 0 ? history.Count == 0 && request.Table.CodeRule is null : history.Count == 0)
        {
            return CatalogErrors.NotFound();
        }

        if (request.Seen != 0 && history[^1].Revision != request.Seen)
        {
            return CatalogErrors.Changed();
        }

        var around = new Surroundings(await cache.CopyAsync(ct), await units.GetAsync(ct));
        var problems = Problems(request, history, around);
        if (problems.Count > 0)
        {
            return CatalogErrors.Invalid(problems);
        }

        var digest = DigestOf(request);
        return request.Confirmed == digest ? await SaveAsync(request, history, digest, actor, ct) : new RevisionOutcome(false, digest);
    }

    private async Task<Result<RevisionOutcome>> SaveAsync(RevisionRequest request, IReadOnlyList<DatedRow> history, string digest, Actor actor, CancellationToken ct)
    {
        var (from, change) = (DayOf(request.ValidFrom)!.Value, new Change(actor.PersonId, request.Reason, clock.GetUtcNow()));
        var values = new RowValues(request.Values);
        var row = request.Retire
            ? Revision.Retire(history, request.Table.Make(request.Code, request.Table.ValuesOf(history[^1])), from, change)
            : Revision.Replace(history, request.Table.Make(request.Code, values), from, change);
        db.Add(row);
        db.Add(new CatalogChange { Subject = $"{request.Table.Slug}/{request.Code}", At = change.At });
        audit.Record(actor, "catalog.change", $"catalog/{request.Table.Slug}/{request.Code}", DetailOf(request, history));
        if (!await db.TrySaveAsync(ct))
        {
            return CatalogErrors.Changed();
        }

        cache.Forget();
        await TellUnitsAsync(request, from, ct);
        return new RevisionOutcome(true, digest);
    }

    /// <summary>A place is a unit too: a new one must be able to receive orders, a renamed one bears its name. What begins later is seen to by the seed of the next start.</summary>
    private async Task TellUnitsAsync(RevisionRequest request, DateOnly from, CancellationToken ct)
    {
        if (request.Table == CatalogTables.Places && !request.Retire && from == clock.Today())
        {
            await units.EnsureAsync([PlaceUnits.Of(new() { Code = request.Code, Name = request.Values["name"] })], ct);
        }
    }

    private Dictionary<string, string> Problems(RevisionRequest request, IReadOnlyList<DatedRow> history, Surroundings around)
    {
        var problems = request.Retire ? [] : request.Table.Problems(request.Code, new(request.Values), around).ToDictionary();
        if (request.Seen == 0 && (history.Count > 0 || !request.Table.IsCode(request.Code, around)))
        {
            problems["code"] = history.Count > 0 ? "这个编码已经用过，请换一个。" : $"编码须是{request.Table.CodeRule}。";
        }

        if (DayOf(request.ValidFrom) is not { } from || from.Year > 2099)
        {
            problems["validFrom"] = "请填写生效日期。";
        }
        else if (from < clock.Today())
        {
            problems["validFrom"] = "生效日期不能早于今天：过去的内容不能修改。";
        }

        if (request.Reason.Length is 0 or > LongestReason)
        {
            problems["reason"] = request.Reason.Length == 0 ? "请填写修改原因。" : $"修改原因最多 {LongestReason} 字。";
        }

        if (request.Retire && request.Table.KeepsBecause(request.Code, around) is { } keeps)
        {
            problems["retire"] = keeps;
        }

        return problems;
    }

    private static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string DigestOf(RevisionRequest request)
    {
        var said = JsonSerializer.SerializeToUtf8Bytes(new { request.Code, request.ValidFrom, request.Retire, Values = request.Values.OrderBy(v => v.Key, StringComparer.Ordinal) });
        return Convert.ToHexStringLower(SHA256.HashData(said))[..16];
    }

    private static string DetailOf(RevisionRequest request, IReadOnlyList<DatedRow> history)
    {
        var before = history.Count == 0 ? null : request.Table.ValuesOf(history[^1]);
        var changed = request.Retire ? ["停用"] : request.Table.Fields
            .Where(f => (before?[f.Name] ?? "") != request.Values.GetValueOrDefault(f.Name, ""))
            .Select(f => f.Kind == FieldKind.Questions ? $"{f.Label}已修改" : $"{f.Label}：{before?[f.Name]} → {request.Values.GetValueOrDefault(f.Name, "")}");
        var detail = $"自 {request.ValidFrom} 起；原因：{request.Reason}；{string.Join('；', changed)}";
        return detail.Length <= 1000 ? detail : detail[..1000];
    }
}
