using System.Globalization;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Domain.Forms;
using Jiesu.Catalog.Domain.Tables;
using Jiesu.Catalog.Features.Browse;
using Jiesu.Catalog.Features.EditForm;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Catalog.Features.Revise;

/// <summary>维护业务目录: one row with its validity and history, and the form that changes it from a day on. One pair of pages for all tables.</summary>
public static class ReviseRow
{
    private const string NewCode = "new";

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/catalog/{table}/{code}", ShowAsync).RequireAuthorization(Permissions.Read);
        pages.MapGet("/catalog/{table}/" + NewCode, NewAsync).RequireAuthorization(Permissions.Edit);
        pages.MapPost("/catalog/{table}/{code}", SubmitAsync).RequireAuthorization(Permissions.Edit);
    }

    private static async Task<IResult> ShowAsync(string table, string code, HttpContext http, Actor actor, Pages pages, CancellationToken ct) =>
        CatalogTables.Find(table) is { } known && await pages.ViewAsync(known, code, null, actor, ct) is { } view
            ? Page.Show<RowPage, ReviseForm>(http, view)
            : CatalogErrors.NotFound().ToProblem();

    private static async Task<IResult> NewAsync(string table, HttpContext http, Actor actor, Pages pages, CancellationToken ct) =>
        CatalogTables.Find(table) is { CodeRule: not null } known && await pages.ViewAsync(known, NewCode, null, actor, ct) is { } view
            ? Page.Show<RowPage, ReviseForm>(http, view)
            : CatalogErrors.NotFound().ToProblem();

    private static async Task<IResult> SubmitAsync(
        string table, string code, [FromForm] IFormCollection typed, HttpContext http, Actor actor, Pages pages, ReviseHandler handler, CancellationToken ct)
    {
        if (CatalogTables.Find(table) is not { } known)
        {
            return CatalogErrors.NotFound().ToProblem();
        }

        var request = Read(known, code, typed);
        if (typed.ContainsKey(EditQuestions.Command))
        {
            return await pages.ViewAsync(known, code, (request, null), actor, ct) is { } edited ? Page.Show<RowPage, ReviseForm>(http, edited) : CatalogErrors.NotFound().ToProblem();
        }

        var result = await handler.HandleAsync(request, actor, ct);
        if (result is { IsSuccess: true, Value.IsSaved: true })
        {
            return Page.Next(http, $"/catalog/{table}/{Uri.EscapeDataString(request.Code)}", "已保存");
        }

        var digest = result.IsSuccess ? result.Value.Digest : null;
        return await pages.ViewAsync(known, code, (request, digest), actor, ct) is { } view
            ? Page.Show<RowPage, ReviseForm>(http, view, result.Error)
            : CatalogErrors.NotFound().ToProblem();
    }

    private static RevisionRequest Read(CatalogTable table, string code, IFormCollection typed)
    {
        string Of(string name) => typed[name].ToString().Trim();
        var values = table.Fields.ToDictionary(f => f.Name, f => f.Kind switch
        {
            FieldKind.Choices => CatalogWords.Join(typed[f.Name].OfType<string>().Where(v => v.Length > 0)),
            FieldKind.Text => Of(f.Name).ReplaceLineEndings("\n"),
            FieldKind.Questions => EditQuestions.Read(typed),
            FieldKind.Line or FieldKind.Number or FieldKind.Choice or FieldKind.Flag => Of(f.Name),
        });
        _ = int.TryParse(Of("seen"), CultureInfo.InvariantCulture, out var seen);
        return new(table, code == NewCode ? Of("code") : code, values, Of("validFrom"), Of("reason"), Of("retire") == TableField.Yes, code == NewCode ? 0 : seen, Of("confirm"));
    }

    /// <summary>What the page shows: the row as it stands, its history, and the form.</summary>
    /// <param name="Status">现行, 未生效 or 已停用; empty for a new row.</param>
    public sealed record View(
        string Table, string Title, string Code, string Name, string Status, string Validity, bool MayEdit, bool MayRetire, IReadOnlyList<Fact> Facts, IReadOnlyList<Step> History, Form Form)
    {
        public bool IsNew => Code.Length == 0;
        public string Url => $"/catalog/{Table}/{(IsNew ? NewCode : Uri.EscapeDataString(Code))}";
        public string ListUrl => BrowseCatalog.ListUrl(Table);
    }

    /// <summary>字段 as it stands.</summary>
    public sealed record Fact(string Label, string Text);

    /// <summary>一次修订.</summary>
    public sealed record Step(int Revision, string State, string Validity, string Changes, string Author, string Reason, DateTimeOffset At);

    /// <summary>填写的内容, letter by letter.</summary>
    /// <param name="Digest">There when the change is ready to be confirmed.</param>
    public sealed record Form(
        string Seen, string? CodeRule, string Code, IReadOnlyList<Input> Inputs, string ValidFrom, string Today, string Reason, bool Retire, IReadOnlyList<Difference> Differences, string? Digest);

    /// <summary>输入项.</summary>
    /// <param name="Kind">line, text, number, choice, choices, flag, questions.</param>
    /// <param name="Editor">字段编辑, for questions.</param>
    public sealed record Input(string Name, string Label, string Kind, bool IsRequired, string? Hint, string Value, IReadOnlyList<Choice> Options, EditQuestions.View? Editor = null);

    /// <summary>新旧对照.</summary>
    public sealed record Difference(string Label, string Old, string New)
    {
        public bool IsChanged => Old != New;
    }

    /// <summary>Puts the view together.</summary>
    internal sealed class Pages(JiesuDb db, CatalogueCache cache, IUnitDirectory units, IPeople people, TimeProvider clock)
    {
        /// <summary>Null when the table has no such row.</summary>
        public async Task<View?> ViewAsync(CatalogTable table, string code, (RevisionRequest Request, string? Digest)? typed, Actor actor, CancellationToken ct)
        {
            var history = code == NewCode ? [] : await table.HistoryAsync(db, code, ct);
            if (history.Count == 0 && (code != NewCode || table.CodeRule is null))
            {
                return null;
            }

            var around = new Surroundings(await cache.CopyAsync(ct), await units.GetAsync(ct));
            var today = clock.Today();
            var shown = history.FirstOrDefault(r => !r.IsVoid && r.HoldsOn(today)) ?? history.LastOrDefault(r => !r.IsVoid) ?? (history.Count > 0 ? history[^1] : null);
            var names = await people.NamesAsync([.. history.Select(r => r.AuthorId).OfType<Guid>().Distinct()], ct);
            var values = shown is null ? null : table.ValuesOf(shown);
            return new(
                table.Slug, table.Title, shown?.Code ?? "", shown is null ? $"新增{table.Title}" : table.NameOf(shown), StatusOf(shown, today), ValidityOf(shown),
                actor.Can(Permissions.Edit), shown is not null && table.CodeRule is not null,
                values is null ? [] : [.. table.Fields.Select(f => new Fact(f.Label, f.Words(values[f.Name], around)))],
                [.. Steps(table, history, today, names, around).Reverse()],
                FormOf(table, history, values, typed, around));
        }

        private static string StatusOf(DatedRow? row, DateOnly today) => row switch
        {
            null => "",
            { IsVoid: true } => "已停用",
            _ when row.HoldsOn(today) => "现行",
            _ when row.ValidFrom > today => "未生效",
            _ => "已停用",
        };

        private static string ValidityOf(DatedRow? row) => row switch
        {
            null => "",
            { IsVoid: true } => "—",
            { ValidUntil: { } until } => $"{Show.Date(row.ValidFrom)} 至 {Show.Date(until.AddDays(-1))}",
            _ => $"{Show.Date(row.ValidFrom)} 起",
        };

        private static IEnumerable<Step> Steps(
            CatalogTable table, IReadOnlyList<DatedRow> history, DateOnly today, IReadOnlyDictionary<Guid, string> names, Surroundings around)
        {
            RowValues? before = null;
            foreach (var row in history)
            {
                var values = table.ValuesOf(row);
                var isRetired = row.IsVoid && row.ValidUntil == row.ValidFrom && before is not null && table.Fields.All(f => before[f.Name] == values[f.Name]);
                var changes = before is null ? "新增" : isRetired ? $"自 {Show.Date(row.ValidFrom)} 起停用" : Changes(table, before, values, around);
                var state = isRetired ? "停用" : row.IsVoid ? "未生效即被替换" : row.HoldsOn(today) ? "现行" : row.ValidFrom > today ? "未生效" : "历史";
                var author = row.AuthorId is { } id ? names.GetValueOrDefault(id, "—") : "系统";
                yield return new(row.Revision, state, ValidityOf(row), changes, author, row.Reason, row.ChangedAt);
                before = values;
            }
        }

        private static string Changes(CatalogTable table, RowValues before, RowValues after, Surroundings around)
        {
            var changed = table.Fields.Where(f => before[f.Name] != after[f.Name])
                .Select(f => f.Kind == FieldKind.Questions ? $"{f.Label}：\n{LinesChanged(before[f.Name], after[f.Name])}" : $"{f.Label}：{Words(f, before, around)} → {Words(f, after, around)}").ToArray();
            return changed.Length == 0 ? "内容不变" : string.Join('；', changed);
        }

        /// <summary>Of a long list only what differs.</summary>
        private static string LinesChanged(string before, string after)
        {
            string[] old = [.. FormText.Lines(before)], now = [.. FormText.Lines(after)];
            var lines = old.Except(now).Select(l => $"－ {l}").Concat(now.Except(old).Select(l => $"＋ {l}")).ToArray();
            return lines.Length == 0 ? "顺序有变化" : string.Join('\n', lines);
        }

        private static string Words(TableField field, RowValues values, Surroundings around) => field.Words(values[field.Name], around) is { Length: > 0 } words ? words : "（空）";

        private Form FormOf(CatalogTable table, IReadOnlyList<DatedRow> history, RowValues? current, (RevisionRequest Request, string? Digest)? typed, Surroundings around)
        {
            var request = typed?.Request;
            var values = request is null ? current ?? new(new Dictionary<string, string>()) : new RowValues(request.Values);
            var today = Show.Date(clock.Today());
            var seen = request?.Seen ?? history.Select(r => r.Revision).DefaultIfEmpty(0).Max();
            return new(
                seen.ToString(CultureInfo.InvariantCulture), current is null ? table.CodeRule : null, request?.Code ?? "",
                [.. table.Fields.Select(f => InputOf(table, current is null ? NewCode : history[0].Code, f, values[f.Name], around))],
                request?.ValidFrom ?? today, today, request?.Reason ?? "", request?.Retire ?? false,
                typed?.Digest is null ? [] : Differences(table, current, request!, around), typed?.Digest);
        }

        private static Input InputOf(CatalogTable table, string code, TableField field, string value, Surroundings around) => new(
            field.Name, field.Label, field.Kind.ToString().ToLowerInvariant(), field.IsRequired, field.Hint, value,
            field.Kind is FieldKind.Choice or FieldKind.Choices ? [.. field.Options(around).Select(o => new Choice(o.Value, o.Text, null, o.Group))] : [],
            field.Kind == FieldKind.Questions ? EditQuestions.Of(value, table.Slug, code, around) : null);

        private static Difference[] Differences(CatalogTable table, RowValues? current, RevisionRequest request, Surroundings around)
        {
            var next = new RowValues(request.Values);
            return [.. table.Fields.Select(f => new Difference(
                f.Label, current is null ? "" : f.Words(current[f.Name], around), request.Retire ? "（停用）" : f.Words(next[f.Name], around)))];
        }
    }
}
