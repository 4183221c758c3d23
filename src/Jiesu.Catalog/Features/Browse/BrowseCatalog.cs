using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Domain.Tables;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Catalog.Features.Browse;

/// <summary>查看业务目录: the class tree, the units, and one list for every other table.</summary>
public static class BrowseCatalog
{
    private const int PageSize = 50;

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/catalog/classes", ClassesAsync).RequireAuthorization(Permissions.Read);
        pages.MapGet("/catalog/units", UnitsAsync).RequireAuthorization(Permissions.Read);
        pages.MapGet("/catalog/{table}", RowsAsync).RequireAuthorization(Permissions.Read);
    }

    /// <summary>Where the rows of a table are listed.</summary>
    internal static string ListUrl(string table) =>
        table is "calendar-years" or "working-hours" ? "/catalog/calendar" : $"/catalog/{table}";

    private static async Task<IResult> ClassesAsync(string? q, HttpContext http, Actor actor, CatalogueCache cache, IUnitDirectory units, CancellationToken ct)
    {
        var day = (await cache.CopyAsync(ct)).Day;
        var tree = await units.GetAsync(ct);
        var departments = ClassTree.Departments(day.Rows.Classes);
        var word = q?.Trim() ?? "";
        var hits = day.Classes.Where(c => word.Length == 0 || Matches(c, word)).Select(c => c.Code).ToHashSet();
        var wanted = day.Classes.Where(c => hits.Contains(c.Code)).SelectMany(c => ClassCode.Upwards(c.Code)).ToHashSet();
        var children = day.Classes.Where(c => wanted.Contains(c.Code)).ToLookup(c => c.ParentCode ?? "");
        ClassLine Line(ClassNode node) => new(
            node.Code, node.Name, node.SevenFive, tree.Find(departments.GetValueOrDefault(node.Code))?.Name ?? "", node.Keywords, [.. children[node.Code].Select(Line)]);
        return Page.Show<ClassTreePage, ClassTreeList>(http, new ClassesView(word, actor.Can(Permissions.Edit), hits.Count, [.. children[""].Select(Line)]));
    }

    private static bool Matches(ClassNode node, string word) =>
        node.Code == word || node.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || node.Keywords.Any(k => k.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static async Task<IResult> UnitsAsync(string? q, string? kind, HttpContext http, IUnitDirectory units, CancellationToken ct)
    {
        var tree = await units.GetAsync(ct);
        var (word, wanted) = (q?.Trim() ?? "", Enum.TryParse<UnitKind>(kind, out var known) ? known : (UnitKind?)null);
        var rows = tree.All.Where(u => (wanted is null ? u.Kind != UnitKind.Community || word.Length > 0 : u.Kind == wanted)
                && (word.Length == 0 || u.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || u.Code.Value == word))
            .Select(u => new UnitLine(u.Code.Value, u.Name, Choices.KindName(u.Kind), u.ParentId is { } id ? tree.Find(id)?.Name ?? "" : "")).ToArray();
        return Page.Show<UnitsPage, UnitsList>(http, new UnitsView(
            word, wanted?.ToString() ?? "", rows.Length, [.. rows.Take(500)], [.. Enum.GetValues<UnitKind>().Select(k => new Choice(k.ToString(), Choices.KindName(k)))]));
    }

    private static async Task<IResult> RowsAsync(
        string table, string? q, string? group, int? page, HttpContext http, Actor actor, JiesuDb db, CatalogueCache cache, IUnitDirectory units, TimeProvider clock, CancellationToken ct)
    {
        if (CatalogTables.Find(table) is not { } known || ListUrl(table) != $"/catalog/{table}")
        {
            return CatalogErrors.NotFound().ToProblem();
        }

        var (word, chosen, today) = (q?.Trim() ?? "", group ?? "", clock.Today());
        var around = new Surroundings(await cache.CopyAsync(ct), await units.GetAsync(ct));
        var rows = (await known.OpenAsync(db, today, ct)).Select(r => LineOf(known, r, today, around))
            .Where(l => chosen.Length == 0 || known.Group?.Of(l.Code, l.Values) == chosen)
            .Where(l => word.Length == 0 || l.Line.Code.Contains(word, StringComparison.OrdinalIgnoreCase) || l.Line.Cells.Any(c => c.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(l => l.Line).ToArray();
        var at = Math.Clamp(page ?? 1, 1, Math.Max(1, (rows.Length + PageSize - 1) / PageSize));
        var shown = rows.Skip((at - 1) * PageSize).Take(PageSize).ToArray();
        return Page.Show<RowsPage, RowsList>(http, new RowsView(
            known.Slug, known.Title, [.. known.Fields.Where(f => f.IsListed).Select(f => f.Label)], shown, rows.Length, at, word, chosen, known.Group?.Label,
            [.. known.Group?.Options(around).Select(o => new Choice(o.Value, o.Text)) ?? []], actor.Can(Permissions.Edit) && known.CodeRule is not null));
    }

    private static (string Code, RowValues Values, RowLine Line) LineOf(CatalogTable table, DatedRow row, DateOnly today, Surroundings around)
    {
        var values = table.ValuesOf(row);
        var validity = row.ValidUntil is { } until ? $"{Show.Date(row.ValidFrom)} 至 {Show.Date(until.AddDays(-1))}" : $"{Show.Date(row.ValidFrom)} 起";
        return (row.Code, values, new(row.Code, [.. table.Fields.Where(f => f.IsListed).Select(f => f.Words(values[f.Name], around))], validity, row.HoldsOn(today)));
    }

    /// <summary>分类树.</summary>
    public sealed record ClassesView(string Search, bool MayEdit, int Count, IReadOnlyList<ClassLine> Lines);

    /// <summary>分类 with those below it.</summary>
    public sealed record ClassLine(string Code, string Name, string SevenFive, string Department, IReadOnlyList<string> Keywords, IReadOnlyList<ClassLine> Children);

    /// <summary>单位列表.</summary>
    public sealed record UnitsView(string Search, string Kind, int Total, IReadOnlyList<UnitLine> Rows, IReadOnlyList<Choice> Kinds);

    /// <summary>单位.</summary>
    public sealed record UnitLine(string Code, string Name, string Kind, string Parent);

    /// <summary>目录列表.</summary>
    /// <param name="Columns">Labels; each row has a cell for each.</param>
    public sealed record RowsView(
        string Table, string Title, IReadOnlyList<string> Columns, IReadOnlyList<RowLine> Rows, int Total, int At, string Search, string Group, string? GroupLabel,
        IReadOnlyList<Choice> Groups, bool MayAdd)
    {
        public string? Next => At * PageSize < Total ? PageUrl(At + 1) : null;
        public string? Previous => At > 1 ? PageUrl(At - 1) : null;
        public string? First => At > 1 ? PageUrl(1) : null;

        private string PageUrl(int page) => Address.With($"/catalog/{Table}", ("q", Search), ("group", Group), ("page", page == 1 ? null : Show.Number((long)page)));
    }

    /// <summary>目录行.</summary>
    public sealed record RowLine(string Code, IReadOnlyList<string> Cells, string Validity, bool Holds);
}
