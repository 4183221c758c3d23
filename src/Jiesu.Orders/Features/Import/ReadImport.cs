using System.Linq.Expressions;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Spreadsheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Import;

/// <summary>导入进度 and row errors. A file is its bringer's; who sees the whole district sees all files that were started.</summary>
internal static class ReadImport
{
    private const int MostErrors = 100;

    public static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet("/imports/{id:guid}", GetAsync).RequireAuthorization(Permissions.Import).Produces<ImportView>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/imports/{id:guid}/errors", GetErrorsAsync).RequireAuthorization(Permissions.Import)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static Expression<Func<OrderImport, bool>> VisibleTo(Actor actor) =>
        actor.Units is null ? x => x.State != ImportState.Draft || x.ById == actor.PersonId : x => x.ById == actor.PersonId;

    public static Error NotFound() => new(ErrorKind.NotFound, "import.absent", "没有这次导入，或不在您的数据范围内。");

    public static ImportView ViewOf(OrderImport import, IReadOnlyList<ImportRowError> errors) => new(
        import.Id, import.Name, import.State.ToString(), import.Total, import.Counts.Done, import.Counts.Imported, import.Counts.Duplicates, import.Counts.Failed, import.Problem,
        ImportMapping.Stored(import.Mapping).Fields, import.At, import.EndedAt, errors, $"/api/v1/imports/{import.Id}/errors");

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> GetAsync(Guid id, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.FindAsync(id, actor, ct) is { } view ? TypedResults.Ok(view) : NotFound().ToProblem();

    private static async Task<IResult> GetErrorsAsync(Guid id, string? format, Handler handler, Actor actor, CancellationToken ct)
    {
        if (SpreadsheetWriter.FormatOf(format ?? "csv") is not { } kind)
        {
            return new Error(ErrorKind.Invalid, "request.invalid", "导出格式只能是 xlsx 或 csv。", "format").ToProblem();
        }

        var result = await handler.ErrorRowsAsync(id, actor, ct);
        return result.Error is not null
            ? result.Error.ToProblem()
            : TypedResults.Stream(
                stream => WriteAsync(stream, kind, result.Value, ct), SpreadsheetWriter.ContentType(kind), $"导入错误-{id.ToString("N")[^6..]}.{(kind == SpreadsheetFormat.Csv ? "csv" : "xlsx")}");
    }

    private static async Task WriteAsync(Stream stream, SpreadsheetFormat kind, ErrorRows rows, CancellationToken ct)
    {
        using (rows.File)
        {
            await SpreadsheetWriter.WriteAsync(kind, stream, rows.Columns, rows.Read().ToAsyncEnumerable(), ct);
        }
    }

    /// <summary>错误行: as they stood in the file, with number and reason in front, so that they can be mended and imported again.</summary>
    internal sealed record ErrorRows(ImportFiles.Opened File, IReadOnlyDictionary<int, string> Messages)
    {
        public IReadOnlyList<SpreadsheetColumn<SpreadsheetRow>> Columns =>
        [
            new("行号", r => $"{r.Number}"), new("错误原因", r => Messages[r.Number]),
            .. File.Sheet.Header.Select((title, i) => new SpreadsheetColumn<SpreadsheetRow>(title, r => r.Cells[i])),
        ];

        public IEnumerable<SpreadsheetRow> Read() => File.Sheet.Rows().Where(r => Messages.ContainsKey(r.Number));
    }

    internal sealed class Handler(JiesuDb db, ImportFiles files, IAuditLog audit)
    {
        public async Task<ImportView?> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
            await db.Set<OrderImport>().AsNoTracking().Where(VisibleTo(actor)).SingleOrDefaultAsync(x => x.Id == id, ct) is { } import
                ? await DescribeAsync(import, ct)
                : null;

        public async Task<ImportView> DescribeAsync(OrderImport import, CancellationToken ct) => ViewOf(
            import,
            await db.Set<ImportError>().Where(e => e.ImportId == import.Id).OrderBy(e => e.Row).Take(MostErrors).Select(e => new ImportRowError(e.Row, e.Message)).ToListAsync(ct));

        /// <summary>Rows hold what callers told, unmasked, so the download is written down.</summary>
        public async Task<Result<ErrorRows>> ErrorRowsAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await db.Set<OrderImport>().AsNoTracking().Where(VisibleTo(actor)).SingleOrDefaultAsync(x => x.Id == id, ct) is not { } import)
            {
                return NotFound();
            }

            var opened = await files.OpenAsync(import.Hash, ct);
            if (opened.Error is not null)
            {
                return opened.Error;
            }

            var messages = await db.Set<ImportError>().Where(e => e.ImportId == id).ToDictionaryAsync(e => e.Row, e => e.Message, ct);
            audit.Record(actor, "orders.import-errors", $"import/{id}", $"{messages.Count}");
            await db.SaveChangesAsync(ct);
            return new ErrorRows(opened.Value, messages);
        }
    }
}
