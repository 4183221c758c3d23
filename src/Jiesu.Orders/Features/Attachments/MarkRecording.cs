using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Attachments;

/// <summary>标记秒: where in a recording something is said, so that the next one need not hear it all.</summary>
internal static class MarkRecording
{
    private const string Route = "/orders/{id:guid}/attachments/{attachmentId:guid}/marks";
    private const string Gone = "标记不存在，或已被删除。请刷新页面。";

    public static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost(Route, PostAsync).RequireAuthorization(Permissions.Attach).Produces<Item>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet(Route, ListAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete(Route + "/{markId:guid}", DeleteAsync).RequireAuthorization(Permissions.Attach)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PostAsync(Guid id, Guid attachmentId, Request request, Handler handler, Actor actor, CancellationToken ct)
    {
        var result = await handler.AddAsync(id, attachmentId, request, actor, ct);
        return result.Error is not null ? result.Error.ToProblem() : TypedResults.Created($"/api/v1/orders/{id}/attachments/{attachmentId}/marks", result.Value);
    }

    private static async Task<Results<Ok<List>, ProblemHttpResult>> ListAsync(Guid id, Guid attachmentId, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.ListAsync(id, attachmentId, actor, ct) is { } items ? TypedResults.Ok(new List(items)) : OrderErrors.NotFound().ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, Guid attachmentId, Guid markId, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.RemoveAsync(id, attachmentId, markId, actor, ct) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Request : IRequest
    {
        /// <summary>标记秒, from the start.</summary>
        [Required(ErrorMessage = "请填写标记的秒数。"), Range(0, 86_400, ErrorMessage = "标记的秒数应在 0 到 86400 之间。")]
        public int? Second { get; init; }

        [Required(ErrorMessage = "请填写标记内容。"), StringLength(AttachmentMark.LongestLabel, ErrorMessage = "标记内容最多 40 个字。")]
        public string? Label { get; init; }
    }

    internal sealed record List(IReadOnlyList<Item> Items);

    internal sealed record Item(Guid Id, int Second, string Label, string By, DateTimeOffset At)
    {
        [JsonIgnore]
        public Guid ById { get; init; }
    }

    /// <summary>Whoever set a mark takes it away again; a mark of others, whoever may.</summary>
    internal static bool MayRemove(Guid setBy, Actor actor) => actor.Can(Permissions.Attach) && (setBy == actor.PersonId || actor.Can(Permissions.RemoveMark));

    internal static Item Show(AttachmentMark m, IReadOnlyDictionary<Guid, string> names) => new(m.Id, m.Second, m.Label, names.GetValueOrDefault(m.ById, ""), m.At) { ById = m.ById };

    internal sealed class Handler(JiesuDb db, OrderAttachments.Handler attachments, IPeople people, IAuditLog audit, TimeProvider clock)
    {
        private const int Most = 200;

        public async Task<Result<Item>> AddAsync(Guid id, Guid attachmentId, Request request, Actor actor, CancellationToken ct)
        {
            if (await attachments.FindAsync(id, attachmentId, actor, ct) is not { } file)
            {
                return OrderErrors.NotFound();
            }

            if (Shape.Refuses(request) is { } refusal)
            {
                return refusal;
            }

            if (FileKind.Of(file.Kind)?.Group != FileGroup.Recording || await db.Set<AttachmentMark>().CountAsync(m => m.AttachmentId == attachmentId, ct) >= Most)
            {
                return new Error(ErrorKind.Conflict, "file.no_mark", $"只有录音录像可以标记，且一个文件最多 {Most} 处标记。");
            }

            var mark = new AttachmentMark
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), AttachmentId = attachmentId, Second = request.Second!.Value, Label = request.Label!.Trim(), ById = actor.PersonId, At = clock.GetUtcNow(),
            };
            db.Add(mark);
            await db.SaveChangesAsync(ct);
            return Show(mark, await people.NamesAsync([actor.PersonId], ct));
        }

        /// <summary>In the order in which they are heard; null when there is no such file for this actor.</summary>
        public async Task<IReadOnlyList<Item>?> ListAsync(Guid id, Guid attachmentId, Actor actor, CancellationToken ct) =>
            (await attachments.ListMarkedAsync(id, actor, ct))?.FirstOrDefault(f => f.File.Id == attachmentId)?.Marks;

        /// <summary>What stood there, and who took it away, goes into the audit in the same transaction: the row is no more. Null when it is done.</summary>
        public async Task<Error?> RemoveAsync(Guid id, Guid attachmentId, Guid markId, Actor actor, CancellationToken ct)
        {
            if (await attachments.FindAsync(id, attachmentId, actor, ct) is null)
            {
                return OrderErrors.NotFound();
            }

            if (await db.Set<AttachmentMark>().SingleOrDefaultAsync(m => m.Id == markId && m.AttachmentId == attachmentId, ct) is not { } mark)
            {
                return new Error(ErrorKind.NotFound, "file.mark_absent", Gone);
            }

            if (!MayRemove(mark.ById, actor))
            {
                return new Error(ErrorKind.Forbidden, "file.mark_not_yours", "只能删除自己的标记。他人的标记请由审核员删除。");
            }

            db.Remove(mark);
            audit.Record(actor, "orders.remove-mark", $"order/{id}", $"attachment/{attachmentId} 第 {mark.Second} 秒，person/{mark.ById} 于 {Platform.Kit.Show.DateTime(mark.At)} 标记");
            return await db.TrySaveAsync(ct) ? null : new Error(ErrorKind.NotFound, "file.mark_absent", Gone);
        }
    }
}
