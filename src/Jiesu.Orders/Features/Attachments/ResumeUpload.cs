using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Files;
using Jiesu.Platform.Jobs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Attachments;

/// <summary>续传 (tus 1.0: core, creation, expiration): a file in pieces over a line that breaks. A session belongs to who made it, for one order; to everybody else it is absent (SEC-85).</summary>
internal static class ResumeUpload
{
    private const string Route = "/orders/{id:guid}/uploads";
    private const string Piece = "application/offset+octet-stream";
    private const long LongestPiece = 512L << 20;

    public static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost(Route, PostAsync).RequireAuthorization(Permissions.Attach).Produces(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapMethods(Route + "/{uploadId}", [HttpMethods.Head], HeadAsync).RequireAuthorization(Permissions.Attach);
        api.MapPatch(Route + "/{uploadId}", PatchAsync).RequireAuthorization(Permissions.Attach).WithMetadata(new RequestSizeLimitAttribute(LongestPiece)).Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<IResult> PostAsync(Guid id, HttpContext http, Handler handler, IAntiforgery antiforgery, Actor actor, CancellationToken ct)
    {
        if (await OrderAttachments.ForeignAsync(http, antiforgery) is { } foreign)
        {
            return foreign.ToProblem();
        }

        var headers = http.Request.Headers;
        var result = await handler.BeginAsync(id, Number(headers["Upload-Length"]), Words(headers["Upload-Metadata"]), actor, ct);
        return result.Error is not null ? result.Error.ToProblem() : Begun(http, result.Value);
    }

    private static async Task<IResult> HeadAsync(Guid id, string uploadId, HttpContext http, Handler handler, Actor actor, CancellationToken ct)
    {
        var result = await handler.LookAsync(id, uploadId, actor, ct);
        return result.Error is not null ? result.Error.ToProblem() : Answer(http, result.Value, StatusCodes.Status200OK);
    }

    private static async Task<IResult> PatchAsync(Guid id, string uploadId, HttpContext http, Handler handler, IAntiforgery antiforgery, Actor actor, CancellationToken ct)
    {
        if (await OrderAttachments.ForeignAsync(http, antiforgery) is { } foreign)
        {
            return foreign.ToProblem();
        }

        var offset = http.Request.ContentType == Piece ? Number(http.Request.Headers["Upload-Offset"]) : null;
        var result = await handler.AppendAsync(id, uploadId, offset, http.Request.Body, actor, ct);
        return result.Error is not null ? result.Error.ToProblem() : Answer(http, result.Value, StatusCodes.Status204NoContent);
    }

    private static Created Begun(HttpContext http, OrderUpload upload)
    {
        Tell(http, upload, 0);
        return TypedResults.Created($"/api/v1/orders/{upload.OrderId}/uploads/{upload.Id}");
    }

    private static StatusCodeHttpResult Answer(HttpContext http, Progress progress, int status)
    {
        Tell(http, progress.Upload, progress.Offset);
        return TypedResults.StatusCode(status);
    }

    /// <summary>The headers of tus.</summary>
    private static void Tell(HttpContext http, OrderUpload upload, long offset)
    {
        var headers = http.Response.Headers;
        headers["Tus-Resumable"] = "1.0.0";
        headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        headers.CacheControl = "no-store";
        if (upload.AttachmentId is { } attachment)
        {
            headers["Upload-Attachment"] = attachment.ToString();
        }
    }

    private static long? Number(string? header) => long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary><c>filename 5Zu+LmpwZw==,tag …</c>; what is no Base64 is left out.</summary>
    private static Dictionary<string, string> Words(string? header)
    {
        var words = new Dictionary<string, string>();
        foreach (var pair in (header ?? "").Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split(' ')).Where(p => p.Length == 2))
        {
            var bytes = new byte[pair[1].Length];
            if (Convert.TryFromBase64String(pair[1], bytes, out var length))
            {
                words[pair[0]] = Encoding.UTF8.GetString(bytes, 0, length);
            }
        }

        return words;
    }

    internal sealed record Progress(OrderUpload Upload, long Offset);

    internal sealed class Handler(JiesuDb db, OrderAttachments.Handler attachments, TakeFile take, UploadFolder folder, IOptions<OrdersSettings> settings, TimeProvider clock)
    {
        private const int LongestType = 100;

        private static Error Absent() => new(ErrorKind.NotFound, "upload.absent", "上传任务不存在或已过期。请重新选择文件上传。");

        public async Task<Result<OrderUpload>> BeginAsync(Guid id, long? length, Dictionary<string, string> words, Actor actor, CancellationToken ct)
        {
            if (!await attachments.OrdersOf(id, actor).AnyAsync(ct))
            {
                return OrderErrors.NotFound();
            }

            if (length is null or 0)
            {
                return length is null ? new Error(ErrorKind.Invalid, "upload.length_missing", "请在 Upload-Length 中写明文件的字节数。", "Upload-Length") : FileErrors.Empty();
            }

            var tag = words.GetValueOrDefault("tag");
            if (await take.RefusalAsync(OrderId.From(id), tag, length.Value, null, actor, ct) is { } refusal)
            {
                return refusal;
            }

            var upload = new OrderUpload
            {
                Id = RandomNumberGenerator.GetHexString(32, lowercase: true), OrderId = OrderId.From(id), ById = actor.PersonId, Name = FileNames.Normalise(words.GetValueOrDefault("filename")),
                Type = words.GetValueOrDefault("filetype") is { Length: > 0 and <= LongestType } type ? type : null, Tag = tag, Length = length.Value, At = clock.GetUtcNow(),
            };
            db.Add(upload);
            await db.SaveChangesAsync(ct);
            return upload;
        }

        /// <summary>How far it came. What was whole when the process was killed is taken now: the client has nothing more to send.</summary>
        public async Task<Result<Progress>> LookAsync(Guid id, string uploadId, Actor actor, CancellationToken ct)
        {
            if (await FindAsync(id, uploadId, actor, ct) is not { } upload)
            {
                return Absent();
            }

            var offset = upload.AttachmentId is null ? folder.LengthOf(upload.Id) : upload.Length;
            return offset < upload.Length || upload.AttachmentId is not null ? new Progress(upload, offset) : await AppendAsync(id, uploadId, offset, Stream.Null, actor, ct);
        }

        /// <param name="offset">Null when the request is no piece.</param>
        public async Task<Result<Progress>> AppendAsync(Guid id, string uploadId, long? offset, Stream piece, Actor actor, CancellationToken ct)
        {
            if (await FindAsync(id, uploadId, actor, ct) is not { } upload)
            {
                return Absent();
            }

            if (offset is null)
            {
                return new Error(ErrorKind.Unsupported, "upload.piece_expected", $"请以 {Piece} 发送，并在 Upload-Offset 中写明起点。");
            }

            await using var file = folder.TryOpen(upload.Id);
            if (file is null)
            {
                return new Error(ErrorKind.Conflict, "upload.busy", "这个文件的另一段正在上传，请稍后再试。");
            }

            if (upload.AttachmentId is not null || file.Length != offset)
            {
                return new Error(ErrorKind.Conflict, "upload.offset_wrong", "起点与已收到的长度不符。请先以 HEAD 查询，再从该处继续。");
            }

            if (!await GrowAsync(file, piece, upload.Length, ct))
            {
                return FileErrors.TooLarge(upload.Length);
            }

            return file.Length < upload.Length ? new Progress(upload, file.Length) : await FinishAsync(upload, file, actor, ct);
        }

        /// <summary>A line that breaks leaves what came: the next piece begins there. False for more bytes than were promised; then none of the piece stays.</summary>
        private static async Task<bool> GrowAsync(FileStream file, Stream piece, long length, CancellationToken ct)
        {
            var start = file.Length;
            file.Position = start;
            var buffer = new byte[1 << 16];
            for (var n = await piece.ReadAsync(buffer, ct); n > 0; n = await piece.ReadAsync(buffer, ct))
            {
                if (file.Position + n > length)
                {
                    file.SetLength(start);
                    return false;
                }

                await file.WriteAsync(buffer.AsMemory(0, n), ct);
            }

            await file.FlushAsync(ct);
            return true;
        }

        /// <summary>The same checks as for a file that came in one request. What is refused is gone, and so is its session.</summary>
        private async Task<Result<Progress>> FinishAsync(OrderUpload upload, FileStream file, Actor actor, CancellationToken ct)
        {
            file.Position = 0;
            var taken = await take.HandleAsync(upload.OrderId, new(upload.Name, upload.Type, upload.Tag, file, upload), actor, ct);
            if (taken.Error is not null)
            {
                db.Remove(upload);
                await db.SaveChangesAsync(ct);
            }

            folder.Delete(upload.Id);
            return taken.Error is not null ? taken.Error : new Progress(upload, upload.Length);
        }

        private async Task<OrderUpload?> FindAsync(Guid id, string uploadId, Actor actor, CancellationToken ct)
        {
            var since = clock.GetUtcNow().AddHours(-settings.Value.UploadHours);
            return await attachments.OrdersOf(id, actor).Join(db.Set<OrderUpload>().AsTracking(), o => o.Id, u => u.OrderId, (o, u) => u)
                .SingleOrDefaultAsync(u => u.Id == uploadId && u.ById == actor.PersonId && u.At > since, ct);
        }
    }
}

/// <summary>清理续传: sessions that nobody took up again.</summary>
internal sealed class ClearUploads(JiesuDb db, UploadFolder folder, IOptions<OrdersSettings> settings, TimeProvider clock) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddHours(-settings.Value.UploadHours);
        foreach (var id in await db.Set<OrderUpload>().Where(u => u.At <= before).Select(u => u.Id).ToListAsync(ct))
        {
            folder.Delete(id);
        }

        await db.WriteAsync(() => db.Set<OrderUpload>().Where(u => u.At <= before).ExecuteDeleteAsync(ct), ct);
        folder.DeleteBefore(before);
    }
}
