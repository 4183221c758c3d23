using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Document;

/// <summary>打印全文: one order whole, as PDF or Word, masked as its page is. Written down in the audit before the first byte leaves.</summary>
internal static class PrintOrder
{
    private const string Route = "/orders/{id:guid}/document";
    private const string Pdf = "pdf";
    private const string Word = "docx";

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet(Route, GetAsync).RequireAuthorization(Permissions.Export)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    public static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Route, GetAsync).RequireAuthorization(Permissions.Export);

    /// <param name="format">pdf or docx; pdf when it is left out.</param>
    private static async Task<IResult> GetAsync(Guid id, string? format, Handler handler, Actor actor, HttpContext http, CancellationToken ct)
    {
        var result = await handler.HandleAsync(id, format ?? Pdf, actor, ct);
        if (result.Error is not null)
        {
            return result.Error.ToProblem();
        }

        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(result.Value.Content, result.Value.ContentType, result.Value.Name);
    }

    internal sealed record File(byte[] Content, string ContentType, string Name);

    internal sealed class Handler(ShowOrder.Handler orders, JiesuDb db, IUnitDirectory units, IPeople people, IAuditLog audit, IOptions<OrdersSettings> settings, TimeProvider clock)
    {
        public async Task<Result<File>> HandleAsync(Guid id, string format, Actor actor, CancellationToken ct)
        {
            if (await orders.FindAsync(id, null, actor, ct) is not { } order)
            {
                return OrderErrors.NotFound();
            }

            if (format is not (Pdf or Word))
            {
                return new Error(ErrorKind.Invalid, "request.invalid", "文件格式只能是 pdf 或 docx。", "format");
            }

            var font = format == Pdf ? CjkFont.Find(settings.Value.DocumentFont) : null;
            if (format == Pdf && font is null)
            {
                return CjkFont.Missing();
            }

            var document = await DescribeAsync(OrderId.From(id), order, actor, ct);
            audit.Record(actor, "orders.print", $"order/{id}", format);
            await db.SaveChangesAsync(ct);
            return font is null
                ? new File(WordDocument.Write(document), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", $"工单-{order.CaseNo}.docx")
                : new File(PdfDocument.Write(document, font), "application/pdf", $"工单-{order.CaseNo}.pdf");
        }

        private async Task<OrderDocument> DescribeAsync(OrderId id, ShowOrder.View order, Actor actor, CancellationToken ct)
        {
            var (tree, names) = (await units.GetAsync(ct), await people.NamesAsync([actor.PersonId], ct));
            var watermark = $"{names.GetValueOrDefault(actor.PersonId, "")} {tree.Find(actor.UnitId)?.Name} {Show.DateTime(clock.GetUtcNow())}".Trim();
            return new(order.CaseNo, order.Title, watermark,
            [
                new("工单信息", [], Pairs([("案件编号", order.CaseNo), ("状态", order.State), ("责任单位", order.Unit), ("截止时间", order.Deadline is { } due ? Show.DateTime(due) : Show.None),
                    ("诉求人", order.Caller.Name), ("联系电话", order.Caller.Phone), .. order.Facts.Select(f => (f.Label, f.Text))])),
                new("诉求内容", order.Content.Split('\n')),
                new("派件", NoneOr(order.Shares.Count), order.Shares.Count == 0 ? null : new([("单位", 4), ("性质", 2), ("状态", 2), ("签收", 3), ("截止", 3)],
                    [.. order.Shares.Select(s => new[] { s.Unit, s.Role, s.State, Show.DateTime(s.SignedAt), Show.DateTime(s.Deadline) })])),
                new("办理回复", await RepliesAsync(id, tree, ct)),
                new("办理过程", [], new([("时间", 3), ("步骤", 4), ("经办", 3), ("说明", 5)],
                    [.. order.History.Reverse().Select(h => new[] { Show.DateTime(h.At), h.Title, h.By ?? "", h.Text ?? "" })])),
                new("附件", NoneOr(order.Files.Items.Count), order.Files.Items.Count == 0 ? null : new([("文件", 5), ("类型", 3), ("大小", 2), ("上传人", 2), ("时间", 3)],
                    [.. order.Files.Items.Select(f => new[] { f.Name, f.Tag, Show.Size(f.Size), f.By, Show.DateTime(f.At) })])),
            ]);
        }

        /// <summary>Of every round, oldest first; the order itself keeps the last one only.</summary>
        private async Task<IReadOnlyList<string>> RepliesAsync(OrderId id, UnitTree tree, CancellationToken ct)
        {
            var steps = await db.Set<OrderEvent>().AsNoTracking().Where(e => e.OrderId == id && e.Details != null).OrderBy(e => e.Seq).ToListAsync(ct);
            string[] replies = [.. steps.Select(e => (Step: e, StepDetails.Read(e.Details).Result)).Where(r => r.Result is not null)
                .Select(r => $"{tree.Find(r.Step.ActorUnitId)?.Name} {Show.DateTime(r.Step.At)}：{r.Result}")];
            return replies.Length > 0 ? replies : NoneOr(0);
        }

        private static DocumentTable Pairs(IReadOnlyList<(string Label, string Text)> facts) =>
            new([("项目", 2), ("内容", 8)], [.. facts.Select(f => new[] { f.Label, f.Text })]);

        private static IReadOnlyList<string> NoneOr(int count) => count == 0 ? ["无。"] : [];
    }
}
