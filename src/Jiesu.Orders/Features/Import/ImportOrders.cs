using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Intake;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Import;

/// <summary>批量导入 as pages: choose a file, say which column is what, see what would come of it, start, watch it, fetch the rows that failed.</summary>
public static class ImportOrders
{
    internal const string Url = "/orders/import";

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var import = pages.MapGroup(Url).RequireAuthorization(Permissions.Import);
        import.MapGet("", ListAsync);
        import.MapPost("", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(BeginImport.LongestForm)).WithFormOptions(multipartBodyLengthLimit: BeginImport.LongestForm);
        import.MapGet("/{id:guid}", ShowAsync);
        import.MapPost("/{id:guid}", DecideAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Handler handler, Actor actor, CancellationToken ct) =>
        Page.Show<ImportsPage, ImportsPart>(http, await handler.ListAsync(actor, ct));

    private static async Task<IResult> UploadAsync(IFormCollection form, HttpContext http, Handler handler, BeginImport.Handler begin, Actor actor, CancellationToken ct)
    {
        var result = await begin.DraftAsync(form.Files.GetFile("file"), Said(form["template"]), actor, ct);
        return result.Error is { } refusal
            ? Page.Show<ImportsPage, ImportsPart>(http, await handler.ListAsync(actor, ct), refusal)
            : Page.Next(http, $"{Url}/{result.Value}");
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, Handler handler, ReadImport.Handler read, Actor actor, CancellationToken ct)
    {
        if (await read.FindAsync(id, actor, ct) is not { } import)
        {
            return ReadImport.NotFound().ToProblem();
        }

        if (import.State != nameof(ImportState.Draft))
        {
            return Page.Show<ImportPage, ImportPart>(http, new Progress(import, StateOf(import.State)));
        }

        var draft = await handler.DraftAsync(id, null, actor, ct);
        return draft.Error is { } refusal ? refusal.ToProblem() : Page.Show<ImportDraftPage, ImportDraftPart>(http, draft.Value);
    }

    /// <summary>Both buttons send the mapping: nobody starts with another one than the page shows.</summary>
    private static async Task<IResult> DecideAsync(Guid id, IFormCollection form, HttpContext http, Handler handler, ReadImport.Handler read, Actor actor, CancellationToken ct)
    {
        var (fields, template) = (form["field"].ToArray(), Said(form["template"]));
        var result = await handler.DecideAsync(id, fields, template, isStart: form["then"] == "start", actor, ct);
        if (result.Error is { Kind: ErrorKind.NotFound } absent)
        {
            return await read.FindAsync(id, actor, ct) is null ? absent.ToProblem() : Page.Next(http, $"{Url}/{id}");    // pressed twice: it runs
        }

        if (result is { IsSuccess: true, Value: true })
        {
            return Page.Next(http, $"{Url}/{id}", "已开始导入。");
        }

        var draft = await handler.DraftAsync(id, fields, actor, ct);
        return draft.Error is { } refusal ? refusal.ToProblem() : Page.Show<ImportDraftPage, ImportDraftPart>(http, draft.Value with { Template = template }, result.Error);
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static StateMark StateOf(string state) => Shown[Enum.Parse<ImportState>(state)];

    private static readonly Dictionary<ImportState, StateMark> Shown = new()
    {
        [ImportState.Draft] = new("待确认", "soon"),
        [ImportState.Queued] = new("排队中", "info"),
        [ImportState.Running] = new("导入中", "info"),
        [ImportState.Completed] = new("已完成", "ok"),
        [ImportState.Failed] = new("失败", "late"),
    };

    /// <summary>状态 as a badge.</summary>
    public sealed record StateMark(string Name, string Kind);

    /// <summary>一次导入 in the list.</summary>
    public sealed record Row(Guid Id, string Name, StateMark State, DateTimeOffset At, string By, int Total, int Imported, int Duplicates, int Failed);

    /// <summary>What the first page shows.</summary>
    public sealed record List(IReadOnlyList<Row> Rows, IReadOnlyList<string> Templates);

    /// <summary>列: its title, what stands in the first rows, and the field that it becomes.</summary>
    public sealed record DraftColumn(string Title, IReadOnlyList<string> Samples, string? Field);

    /// <summary>预览 of the first rows.</summary>
    public sealed record Preview(int Rows, int Good, int Duplicates, IReadOnlyList<ImportRowError> Errors);

    /// <summary>What the mapping page shows.</summary>
    /// <param name="Format">文件格式, with the encoding that was recognised.</param>
    /// <param name="Preview">Null while the mapping cannot be used; <paramref name="Obstacle"/> says why.</param>
    public sealed record Draft(
        Guid Id, string Name, string Format, int Total, IReadOnlyList<DraftColumn> Columns, IReadOnlyList<Choice> Fields, Preview? Preview, string? Obstacle, string? Template);

    /// <summary>What the progress page shows.</summary>
    public sealed record Progress(ImportView Import, StateMark State)
    {
        public bool IsOver => Import.State is nameof(ImportState.Completed) or nameof(ImportState.Failed);
        public string Address => $"{Url}/{Import.Id}";
    }

    /// <summary>The use case behind the pages.</summary>
    internal sealed class Handler(JiesuDb db, ImportFiles files, ImportTemplates templates, OrderFactory factory, Intake.Intake intake, IPeople people)
    {
        private const int MostImports = 50;
        private const int SampleRows = 3;
        private const int PreviewRows = 200;
        private const int LongestSample = 60;

        public async Task<List> ListAsync(Actor actor, CancellationToken ct)
        {
            var imports = await db.Set<OrderImport>().AsNoTracking().Where(ReadImport.VisibleTo(actor)).OrderByDescending(x => x.At).ThenBy(x => x.Id).Take(MostImports).ToListAsync(ct);
            var names = await people.NamesAsync([.. imports.Select(x => x.ById).Distinct()], ct);
            return new(
                [.. imports.Select(x => new Row(
                    x.Id, x.Name, Shown[x.State], x.At, names.GetValueOrDefault(x.ById, "系统"), x.Total, x.Counts.Imported, x.Counts.Duplicates, x.Counts.Failed))],
                await templates.NamesAsync(actor, ct));
        }

        /// <param name="typed">Fields as the form has them, one a column; null: as they are stored.</param>
        public async Task<Result<Draft>> DraftAsync(Guid id, IReadOnlyList<string?>? typed, Actor actor, CancellationToken ct)
        {
            if (await FindDraftAsync(id, actor, ct) is not { } import)
            {
                return ReadImport.NotFound();
            }

            var opened = await files.OpenAsync(import.Hash, ct);
            if (opened.Error is not null)
            {
                return opened.Error;
            }

            using var file = opened.Value;
            var header = file.Sheet.Header;
            var mapping = typed is null ? ImportMapping.Stored(import.Mapping) : Combine(header, typed);
            var obstacle = mapping.Refuses(header);
            var samples = file.Sheet.Rows().Take(SampleRows).ToList();
            return new Draft(
                import.Id, import.Name, file.Sheet.Format, import.Total,
                [.. header.Select((title, i) => new DraftColumn(title, [.. samples.Select(r => Cut(r.Cells[i]))], mapping.Fields.GetValueOrDefault(title)))],
                [.. ImportField.All.Select(f => new Choice(f.Name, f.Label))],
                obstacle is null ? await PreviewAsync(file, mapping, actor, ct) : null, obstacle?.Message, null);
        }

        /// <summary>Keeps the mapping, under a name too where one is given; true when the import has been started.</summary>
        public async Task<Result<bool>> DecideAsync(Guid id, IReadOnlyList<string?> typed, string? template, bool isStart, Actor actor, CancellationToken ct)
        {
            if (await FindDraftAsync(id, actor, ct) is not { } import)
            {
                return ReadImport.NotFound();
            }

            var opened = await files.OpenAsync(import.Hash, ct);
            if (opened.Error is not null)
            {
                return opened.Error;
            }

            using var file = opened.Value;
            var mapping = Combine(file.Sheet.Header, typed);
            if (mapping.Refuses(file.Sheet.Header) is { } refusal)
            {
                return refusal;
            }

            if (template is not null && await templates.KeepAsync(template, mapping, actor, ct) is { } nameless)
            {
                return nameless;
            }

            import.Mapping = mapping.ToJson();
            var isStarted = isStart && import.TryQueue();
            return await db.TrySaveAsync(ct) ? isStarted : OrderErrors.Changed();
        }

        private async Task<Preview> PreviewAsync(ImportFiles.Opened file, ImportMapping mapping, Actor actor, CancellationToken ct)
        {
            var reader = new RowReader(file.Sheet.Header, mapping);
            var rows = file.Sheet.Rows().Take(PreviewRows).Select(reader.Read).ToList();
            var good = rows.Where(r => r.Order is not null).ToList();
            var checks = await factory.CheckAsync([.. good.Select(r => r.Order!)], ct);
            var numbers = checks.Where(c => c.IsSuccess).Select(c => c.Value.Draft.OrderNo).OfType<string>().ToList();
            var known = await intake.FindKnownAsync(numbers, actor, ct);
            var errors = rows.Where(r => r.Problem is not null).Select(r => new ImportRowError(r.Number, r.Problem!))
                .Concat(good.Zip(checks).Where(x => x.Second.Error is not null).Select(x => new ImportRowError(x.First.Number, RowReader.Explain(x.Second.Error!))))
                .OrderBy(e => e.Row).ToList();
            var duplicates = numbers.Count - numbers.Where(n => !known.ContainsKey(n)).Distinct().Count();
            return new(rows.Count, rows.Count - errors.Count - duplicates, duplicates, errors);
        }

        private Task<OrderImport?> FindDraftAsync(Guid id, Actor actor, CancellationToken ct) =>
            db.Set<OrderImport>().SingleOrDefaultAsync(x => x.Id == id && x.ById == actor.PersonId && x.State == ImportState.Draft, ct);

        private static ImportMapping Combine(IReadOnlyList<string> header, IReadOnlyList<string?> typed) =>
            new(header.Zip(typed).Where(x => !string.IsNullOrEmpty(x.Second)).ToDictionary(x => x.First, x => x.Second!));

        private static string Cut(string text) => text.Length <= LongestSample ? text : text[..LongestSample] + "…";
    }
}
