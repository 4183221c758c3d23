using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Features.People;

/// <summary>人员列表: by name or login, unit, role and state; all of it in the address.</summary>
public static class ListPeople
{
    private const int PageSize = 50;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet("/admin/people", ShowAsync).RequireAuthorization(Permissions.People);

    private static async Task<IResult> ShowAsync([AsParameters] Filter filter, HttpContext http, Actor actor, JiesuDb db, IUnitDirectory units, CancellationToken ct)
    {
        var tree = await units.GetAsync(ct);
        var found = filter.Narrow(db.Set<Person>().AsNoTracking(), tree);
        var rows = await found.Where(p => string.IsNullOrEmpty(filter.After) || p.LoginKey.CompareTo(filter.After) > 0).OrderBy(p => p.LoginKey).Take(PageSize + 1)
            .Select(p => new { p.Id, p.Login, p.LoginKey, p.Name, p.IsDisabled, Posts = p.Posts.OrderBy(x => x.Id).Select(x => new { x.Role, x.UnitId }).ToList() }).ToListAsync(ct);
        var roles = await db.Set<Role>().AsNoTracking().OrderBy(r => r.Code).ToDictionaryAsync(r => r.Code, r => r.Name, ct);
        return Page.Show<PeoplePage, PeopleList>(http, new View(
            filter,
            [.. rows.Take(PageSize).Select(p => new Row(p.Id, p.Login, p.Name, string.Join("；", p.Posts.Select(x => $"{tree.Find(x.UnitId)?.Name} {roles.GetValueOrDefault(x.Role, x.Role)}")), p.IsDisabled))],
            await found.CountAsync(ct),
            [.. roles.Select(r => new Choice(r.Key, r.Value))],
            [.. tree.All.Select(u => new Choice(u.Code.Value, u.Name))],
            rows.Count > PageSize ? rows[PageSize - 1].LoginKey : null,
            actor.Can(Permissions.EditPeople)));
    }

    /// <param name="State"><c>active</c> or <c>disabled</c>.</param>
    public sealed record Filter(string? Q, string? Unit, string? Role, string? State, string? After)
    {
        public string Url => Address.With("/admin/people", ("q", Q), ("unit", Unit), ("role", Role), ("state", State));

        internal IQueryable<Person> Narrow(IQueryable<Person> people, UnitTree tree)
        {
            var (text, key) = (Q?.Trim() ?? "", Person.KeyOf(Q ?? ""));
            var unit = string.IsNullOrEmpty(Unit) ? null : tree.Find(Unit)?.Id ?? Guid.Empty as Guid?;
            return people
                .Where(p => text == "" || p.Name.Contains(text) || p.LoginKey.Contains(key))
                .Where(p => unit == null || p.Posts.Any(x => x.UnitId == unit))
                .Where(p => string.IsNullOrEmpty(Role) || p.Posts.Any(x => x.Role == Role))
                .Where(p => string.IsNullOrEmpty(State) || p.IsDisabled == (State == "disabled"));
        }
    }

    public sealed record View(Filter Filter, IReadOnlyList<Row> Rows, long Total, IReadOnlyList<Choice> Roles, IReadOnlyList<Choice> Units, string? Next, bool MayAdd);

    public sealed record Row(Guid Id, string Login, string Name, string Posts, bool IsDisabled);
}
