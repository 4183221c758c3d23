using System.Globalization;
using System.Runtime.CompilerServices;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Features.Forms;
using Jiesu.Orders.Features.List;
using Jiesu.Platform;
using Jiesu.Platform.Spreadsheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Export;

/// <summary>导出工单: what the list shows, as a sheet; the caller masked, digits as text. Written down in the audit before the first byte leaves.</summary>
internal static class ExportOrders
{
    private const string Format = "format";

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/export", GetAsync).RequireAuthorization(Permissions.Export)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Headers in the words of the list page.</summary>
    private static readonly SpreadsheetColumn<ExportRow>[] Columns =
    [
        new("案件编号", r => r.Order.CaseNo), new("工单编号", r => r.Order.OrderNo), new("状态", r => r.Order.StateName), new("标题", r => r.Order.Title), new("主要内容", r => r.Order.Content),
        new("受理渠道", r => r.Order.ChannelName), new("诉求类型", r => r.Order.RequestType), new("紧急程度", r => r.Order.Urgency), new("问题分类", r => r.Order.ClassPath), new("问题分类代码", r => r.Order.ClassL3),
        new("街道（镇）", r => r.Order.TownName), new("社区（村）", r => r.Order.CommunityName), new("发生地址", r => r.Order.Address), new("点位", r => r.Order.PointName),
        new("诉求人", r => r.Order.Caller?.Name), new("联系电话", r => r.Order.Caller?.Phone), new("责任单位", r => r.Order.UnitName), new("来电时间", r => Show(r.Order.CallTime)), new("登记时间", r => Show(r.Order.ReceivedAt)),
        new("截止时间", r => Show(r.Order.Deadline)), new("办结时间", r => Show(r.Order.ClosedAt)), new("是否超期", r => Show(r.Order.WasLate)), new("是否联系", r => Show(r.Order.Contacted)),
        new("是否解决", r => Show(r.Order.Solved)), new("满意度", r => r.Order.Satisfied), new("是否剔除", r => Show(r.Order.Excluded)), new("办理结果", r => r.Order.Result),
    ];

    private static async Task<IResult> GetAsync(HttpRequest request, Handler handler, Actor actor, CancellationToken ct)
    {
        var result = await handler.HandleAsync(request.Query, actor, ct);
        return result.Error is not null
            ? result.Error.ToProblem()
            : TypedResults.Stream(result.Value.WriteAsync, SpreadsheetWriter.ContentType(result.Value.Kind), result.Value.Name);
    }

    private static string? Show(DateTimeOffset? instant) => instant?.ToBeijing().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string? Show(bool? flag) => flag switch { true => "是", false => "否", null => null };

    internal sealed record File(SpreadsheetFormat Kind, string Name, Func<Stream, Task> WriteAsync);

    internal sealed class Handler(OrderList list, FormColumns forms, IUnitDirectory units, ICatalogue catalogue, IAuditLog audit, JiesuDb db, IOptions<OrdersSettings> settings, TimeProvider clock)
    {
        private const int ChunkSize = 500;

        public async Task<Result<File>> HandleAsync(IQueryCollection query, Actor actor, CancellationToken ct)
        {
            if (SpreadsheetWriter.FormatOf(query.TryGetValue(Format, out var named) ? named.ToString() : "xlsx") is not { } format)
            {
                return new Error(ErrorKind.Invalid, "request.invalid", "导出格式只能是 xlsx 或 csv。", Format);
            }

            var chosen = query.TryGetValue(ListColumns.Parameter, out var keys) ? ListColumns.SheetOf(keys.ToString()) : null;
            if (chosen is null && keys.Count > 0)
            {
                return new Error(ErrorKind.Invalid, "request.invalid", "没有这个列，请核对名称。", ListColumns.Parameter);
            }

            var filter = new FilterReader(await units.GetAsync(ct), await catalogue.GetAsync(ct)).Read(query, beside: [Format, ListColumns.Parameter]);
            if (filter.Error is not null)
            {
                return filter.Error;
            }

            var most = settings.Value.MostExportRows;
            var numbers = await list.Rows(filter.Value, actor).OrderByDescending(x => x.No).Select(x => x.No).Take(most + 1).ToListAsync(ct);
            if (numbers.Count > most)
            {
                return new Error(ErrorKind.Unprocessable, "orders.export_too_large", $"一次最多导出 {most} 条，请缩小筛选范围后再导出。");
            }

            audit.Record(actor, "orders.export", "orders", $"{named} {numbers.Count} {string.Join(',', query.Keys.Where(FilterReader.IsCondition).Order())}");
            await db.SaveChangesAsync(ct);
            var name = $"工单-{clock.Today().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}.{(format == SpreadsheetFormat.Xlsx ? "xlsx" : "csv")}";
            SpreadsheetColumn<ExportRow>[] columns = chosen is null ? [.. Columns, .. await forms.ColumnsAsync(ct)] : [.. Columns.Where(c => chosen.Contains(c.Title))];
            return new File(format, name, stream => SpreadsheetWriter.WriteAsync(format, stream, columns, RowsAsync(numbers, ct), ct));
        }

        /// <summary>The orders that were counted, whatever comes meanwhile.</summary>
        private async IAsyncEnumerable<ExportRow> RowsAsync(IReadOnlyList<long> numbers, [EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var some in numbers.Chunk(ChunkSize))
            {
                foreach (var order in await forms.FillAsync(await list.LoadAsync(some, ct), ct))
                {
                    yield return order;
                }
            }
        }
    }
}
