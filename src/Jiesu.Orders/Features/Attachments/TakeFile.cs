using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Attachments;

/// <summary>来件: a file as a client sends it.</summary>
/// <param name="Type">Content-Type; null when the client does not know.</param>
/// <param name="Tag">附件类型; null or empty: 其他.</param>
/// <param name="Content">Seekable.</param>
/// <param name="Upload">续传 that it came in; null for one request.</param>
internal sealed record IncomingFile(string? Name, string? Type, string? Tag, Stream Content, OrderUpload? Upload = null);

/// <summary>收附件: the one way of a file into an order, whichever door it came by: tag, number, quota, inspection, store, row.</summary>
internal sealed class TakeFile(JiesuDb db, FileStore files, Inspection inspection, IOptions<OrdersSettings> settings, TimeProvider clock)
{
    /// <summary>The content is on the disk before the row is written: a row never leads nowhere.</summary>
    /// <param name="order">One that the actor was found to see.</param>
    public async Task<Result<Attachment>> HandleAsync(OrderId order, IncomingFile file, Actor actor, CancellationToken ct)
    {
        if (await RefusalAsync(order, file.Tag, file.Content.Length, file.Upload?.Id, actor, ct) is { } refusal)
        {
            return refusal;
        }

        var inspected = await inspection.InspectAsync(file.Name, file.Type, file.Content, ct);
        if (inspected.Error is not null)
        {
            return inspected.Error;
        }

        var (name, kind, content, facts, isScanned) = inspected.Value;
        var stored = await files.SaveAsync(content, Math.Min(kind.Limit, Most), ct);
        if (stored.Error is not null)
        {
            return stored.Error;
        }

        var now = clock.GetUtcNow();
        var attachment = new Attachment
        {
            Id = Guid.CreateVersion7(now), OrderId = order, Name = name, Size = stored.Value.Size, Kind = kind.Extension, Hash = stored.Value.Hash,
            ById = actor.PersonId, ByUnitId = actor.UnitId, At = now, Tag = string.IsNullOrEmpty(file.Tag) ? AttachmentTags.Other : file.Tag,
            TakenAt = facts?.TakenAt, Lon = facts?.Lon, Lat = facts?.Lat, State = isScanned ? AttachmentState.Ready : AttachmentState.Quarantined,
        };
        db.Add(attachment);
        file.Upload?.AttachmentId = attachment.Id;
        await db.SaveChangesAsync(ct);
        return attachment;
    }

    /// <summary>What can be said before the content is there; null when the file may come.</summary>
    /// <param name="upload">Leaves this one out of what the person has on its way.</param>
    public async Task<Error?> RefusalAsync(OrderId order, string? tag, long length, string? upload, Actor actor, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(tag) && !AttachmentTags.Of(settings.Value).Contains(tag))
        {
            return new Error(ErrorKind.Unprocessable, "file.tag_unknown", $"没有这种附件类型。请从以下类型中选择：{string.Join("、", AttachmentTags.Of(settings.Value))}。", "tag");
        }

        if (length > Most)
        {
            return FileErrors.TooLarge(Most);
        }

        if (await db.Set<Attachment>().CountAsync(a => a.OrderId == order, ct) >= settings.Value.MostAttachments)
        {
            return new Error(ErrorKind.Conflict, "file.too_many", $"一个工单最多 {settings.Value.MostAttachments} 个附件。", "file");
        }

        return await UsedTodayAsync(upload, actor, ct) + length > (long)settings.Value.MostUploadMegabytesADay << 20
            ? new Error(ErrorKind.TooMany, "file.quota", $"今天上传的文件已到每人每天 {settings.Value.MostUploadMegabytesADay} MB 的限额。请明天再传，或请管理员调高限额。", "file") { RetryAfter = Tomorrow - clock.GetUtcNow() }
            : null;
    }

    private long Most => (long)settings.Value.MostAttachmentMegabytes << 20;

    private DateTimeOffset Tomorrow => clock.Today().AddDays(1).StartOfDay();

    /// <summary>Bytes that came, and bytes that were promised and are still on their way.</summary>
    private async Task<long> UsedTodayAsync(string? without, Actor actor, CancellationToken ct)
    {
        var today = clock.Today().StartOfDay();
        return await db.Set<Attachment>().Where(a => a.ById == actor.PersonId && a.At >= today).SumAsync(a => a.Size, ct)
            + await db.Set<OrderUpload>().Where(u => u.ById == actor.PersonId && u.At >= today && u.AttachmentId == null && u.Id != without).SumAsync(u => u.Length, ct);
    }
}
