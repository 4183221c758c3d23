using System.Globalization;
using Jiesu.Identity.Access;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Features.Audit;

/// <summary>审计查看: who did what, and who looked at which caller (SEC-35). Looking is a record itself (SEC-54).</summary>
public static class BrowseAudit
{
    private const int PageSize = 50;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet("/admin/audit", ShowAsync).RequireAuthorization(Permissions.Audit);

    private static async Task<IResult> ShowAsync([AsParameters] Filter filter, HttpContext http, Actor actor, AuditLog audit, JiesuDb db, IPeople people, CancellationToken ct)
    {
        audit.Record(actor, "audit.read", "audit", filter.ToString());
        await db.SaveChangesAsync(ct);
        return Page.Show<AuditPage, AuditList>(http, await ViewAsync(filter, db, people, ct));
    }

    private static async Task<View> ViewAsync(Filter filter, JiesuDb db, IPeople people, CancellationToken ct)
    {
        var found = filter.Narrow(db.Set<AuditRecord>().AsNoTracking());
        var total = await found.CountAsync(ct);
        if (Guid.TryParse(filter.After, out var after) && await db.Set<AuditRecord>().Where(r => r.Id == after).Select(r => (DateTimeOffset?)r.At).SingleOrDefaultAsync(ct) is { } at)
        {
            found = found.Where(r => r.At < at || (r.At == at && r.Id < after));
        }

        var rows = await found.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(PageSize + 1).ToListAsync(ct);
        var names = await people.NamesAsync([.. rows.Select(r => r.PersonId).OfType<Guid>().Distinct()], ct);
        var acts = await db.Set<AuditRecord>().Select(r => r.Act).Distinct().OrderBy(a => a).ToListAsync(ct);
        return new(
            filter,
            [.. rows.Take(PageSize).Select(r => new Row(r.Id, r.At, r.PersonId is { } id ? names.GetValueOrDefault(id, id.ToString()) : "", r.Role, r.Source, r.Act, r.Subject, r.Detail, r.Result == AuditResult.Refused))],
            total, acts, rows.Count > PageSize ? rows[PageSize - 1].Id : null);
    }

    /// <param name="Act">审计行为.</param>
    /// <param name="Subject">Exact, such as <c>order/…</c>.</param>
    public sealed record Filter(string? Act, string? Subject, DateOnly? From, DateOnly? To, string? After)
    {
        public string Url => Address.With("/admin/audit", ("act", Act), ("subject", Subject), ("from", Day(From)), ("to", Day(To)));

        internal IQueryable<AuditRecord> Narrow(IQueryable<AuditRecord> records)
        {
            var (from, until) = (From?.StartOfDay(), To?.AddDays(1).StartOfDay());
            return records
                .Where(r => string.IsNullOrEmpty(Act) || r.Act == Act)
                .Where(r => string.IsNullOrEmpty(Subject) || r.Subject == Subject)
                .Where(r => from == null || r.At >= from)
                .Where(r => until == null || r.At < until);
        }

        private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public sealed record View(Filter Filter, IReadOnlyList<Row> Rows, long Total, IReadOnlyList<string> Acts, Guid? Next);

    public sealed record Row(Guid Id, DateTimeOffset At, string Person, string Role, string Source, string Act, string Subject, string Detail, bool IsRefused);
}
