using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Files;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Jiesu.Orders.Features.Attachments;

/// <summary>附件: added, listed and given out under the scope of their order; an id of another order is absent (SEC-24, SEC-80, SEC-81, SEC-84).</summary>
internal static class OrderAttachments
{
    /// <summary>Room for the other parts of a form.</summary>
    private const long FormOverhead = 1 << 20;
    private const string Sandbox = "sandbox; default-src 'none'";

    public static void MapApi(IEndpointRouteBuilder api)
    {
        const long most = (512L << 20) + FormOverhead;
        api.MapPost("/orders/{id:guid}/attachments", PostAsync).RequireAuthorization(Permissions.Attach).Accepts<IFormFile>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(most)).WithFormOptions(multipartBodyLengthLimit: most)
            .Produces<Item>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        api.MapGet("/orders/{id:guid}/attachments", ListAsync).RequireAuthorization(Permissions.Read).Produces<List>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/orders/{id:guid}/attachments/{attachmentId:guid}", GetAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Reads the form itself, so that a refusal names the field; a browser that comes with a cookie needs its form token.</summary>
    private static async Task<IResult> PostAsync(Guid id, HttpRequest request, Handler handler, IAntiforgery antiforgery, Actor actor, CancellationToken ct)
    {
        if (await ForeignAsync(request.HttpContext, antiforgery) is { } foreign)
        {
            return foreign.ToProblem();
        }

        if (!request.HasFormContentType)
        {
            return new Error(ErrorKind.Unsupported, "file.form_expected", "请以 multipart/form-data 上传文件。", "file").ToProblem();
        }

        var form = await request.ReadFormAsync(ct);
        var result = await handler.AddAsync(id, form.Files.Count == 1 ? form.Files[0] : null, form["tag"], actor, ct);
        return result.Error is not null ? result.Error.ToProblem() : TypedResults.Created($"/api/v1/orders/{id}/attachments/{result.Value.Id}", result.Value);
    }

    /// <summary>A browser that comes with a cookie needs the token of its page; null when it has it.</summary>
    internal static async Task<Error?> ForeignAsync(HttpContext http, IAntiforgery antiforgery) =>
        http.Request.Headers.Cookie.Count > 0 && !await antiforgery.IsRequestValidAsync(http) ? new Error(ErrorKind.Invalid, "request.token", "页面已失效，请刷新后重新提交。") : null;

    /// <param name="tag">附件类型; all when it is left out.</param>
    private static async Task<Results<Ok<List>, ProblemHttpResult>> ListAsync(Guid id, string? tag, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.ListAsync(id, actor, ct) is { } items ? TypedResults.Ok(new List([.. items.Where(i => string.IsNullOrEmpty(tag) || i.Tag == tag)])) : OrderErrors.NotFound().ToProblem();

    /// <param name="inline">Pictures, which were encoded anew, and recordings may be shown in a page; everything else is saved.</param>
    private static async Task<IResult> GetAsync(Guid id, Guid attachmentId, bool? inline, Handler handler, Actor actor, HttpContext http, CancellationToken ct)
    {
        var result = await handler.OpenAsync(id, attachmentId, actor, ct);
        if (result.Error is not null)
        {
            return result.Error.ToProblem();
        }

        var (file, kind, content) = (result.Value.File, result.Value.Kind, result.Value.Content);
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Sandbox;
        headers.CacheControl = "private, no-store";
        var isShown = inline == true && kind is { Group: FileGroup.Image or FileGroup.Recording };
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        return TypedResults.Stream(content, kind?.ContentType ?? "application/octet-stream", enableRangeProcessing: true);
    }

    internal sealed record List(IReadOnlyList<Item> Items);

    /// <param name="Kind">Extension.</param>
    /// <param name="Size">Bytes.</param>
    /// <param name="State">Ready, Quarantined or Infected; only what is ready is given out.</param>
    /// <param name="TakenAt">拍摄时间, as the camera wrote it.</param>
    /// <param name="LonLat">拍摄位置, as the camera wrote it, WGS-84.</param>
    internal sealed record Item(Guid Id, string Name, long Size, string Kind, DateTimeOffset At, string By, string Tag, AttachmentState State, DateTimeOffset? TakenAt, LonLat? LonLat);

    internal sealed record Marked(Item File, IReadOnlyList<MarkRecording.Item> Marks);

    internal sealed record Opened(Attachment File, FileKind? Kind, Stream Content);

    internal sealed class Handler(JiesuDb db, OrderCase cases, FileStore files, TakeFile take, IPeople people)
    {
        private static Error Absent() => new(ErrorKind.NotFound, "file.absent", "附件不存在，或不在您的数据范围内。");

        public async Task<Result<Item>> AddAsync(Guid id, IFormFile? upload, string? tag, Actor actor, CancellationToken ct)
        {
            if (!await OrdersOf(id, actor).AnyAsync(ct))
            {
                return OrderErrors.NotFound();
            }

            if (upload is null)
            {
                return new Error(ErrorKind.Invalid, "file.missing", "请选择一个文件。", "file");
            }

            await using var content = upload.OpenReadStream();
            var taken = await take.HandleAsync(OrderId.From(id), new(upload.FileName, upload.ContentType, tag, content), actor, ct);
            return taken.Error is not null ? taken.Error : Show(taken.Value, await people.NamesAsync([actor.PersonId], ct));
        }

        /// <summary>Oldest first; null when there is no such order for this actor.</summary>
        public async Task<IReadOnlyList<Item>?> ListAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await cases.FindAsync(id, actor, ct) is null)
            {
                return null;
            }

            var found = await db.Set<Attachment>().AsNoTracking().Where(a => a.OrderId == OrderId.From(id)).OrderBy(a => a.Id).ToListAsync(ct);
            var names = found.Count == 0 ? new Dictionary<Guid, string>() : await people.NamesAsync([.. found.Select(a => a.ById).Distinct()], ct);
            return [.. found.Select(a => Show(a, names))];
        }

        /// <summary>The same with the marks of recordings, in the order in which they are heard, in one question.</summary>
        public async Task<IReadOnlyList<Marked>?> ListMarkedAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await cases.FindAsync(id, actor, ct) is null)
            {
                return null;
            }

            var rows = await db.Set<Attachment>().AsNoTracking().Where(a => a.OrderId == OrderId.From(id))
                .SelectMany(a => db.Set<AttachmentMark>().Where(m => m.AttachmentId == a.Id).DefaultIfEmpty(), (a, m) => new { File = a, Mark = m })
                .OrderBy(r => r.File.Id).ThenBy(r => r.Mark!.Second).ThenBy(r => r.Mark!.Id).ToListAsync(ct);
            var marks = rows.Select(r => r.Mark).OfType<AttachmentMark>().ToList();
            var names = rows.Count == 0 ? new Dictionary<Guid, string>() : await people.NamesAsync([.. rows.Select(r => r.File.ById).Concat(marks.Select(m => m.ById)).Distinct()], ct);
            return [.. rows.Select(r => r.File).DistinctBy(f => f.Id).Select(f => new Marked(Show(f, names), [.. marks.Where(m => m.AttachmentId == f.Id).Select(m => MarkRecording.Show(m, names))]))];
        }

        public async Task<Result<Opened>> OpenAsync(Guid id, Guid attachmentId, Actor actor, CancellationToken ct)
        {
            if (await FindAsync(id, attachmentId, actor, ct) is not { } file)
            {
                return Absent();
            }

            if (!file.IsServed)
            {
                return file.State == AttachmentState.Infected
                    ? new Error(ErrorKind.Conflict, "file.is_infected", "附件含有病毒，已被隔离，不能打开。请联系上传人重新提供。")
                    : new Error(ErrorKind.Conflict, "file.in_quarantine", "附件正在等待查毒，请稍后再打开。");
            }

            var content = await files.OpenAsync(file.Hash, ct);
            return content.Error is not null ? content.Error : new Opened(file, FileKind.Of(file.Kind), content.Value);
        }

        /// <summary>Null when the order is not this actor's, or has no such file.</summary>
        public Task<Attachment?> FindAsync(Guid id, Guid attachmentId, Actor actor, CancellationToken ct) =>
            OrdersOf(id, actor).Join(db.Set<Attachment>(), o => o.Id, a => a.OrderId, (o, a) => a).SingleOrDefaultAsync(a => a.Id == attachmentId, ct);

        public IQueryable<WorkOrder> OrdersOf(Guid id, Actor actor) => id == Guid.Empty
            ? db.Set<WorkOrder>().Where(x => false)
            : db.Set<WorkOrder>().AsNoTracking().Where(DataScope.Of(actor).Sees()).Where(x => x.Id == OrderId.From(id));

        private static Item Show(Attachment a, IReadOnlyDictionary<Guid, string> names) =>
            new(a.Id, a.Name, a.Size, a.Kind, a.At, names.GetValueOrDefault(a.ById, ""), a.Tag, a.State, a.TakenAt, a.Lon is null ? null : new(a.Lon, a.Lat));
    }
}
