using System.Globalization;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Files;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Attachments;

/// <summary>附件 on the page of an order: added, narrowed by type, heard and marked.</summary>
public static class FilePages
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/orders/{id:guid}/files", AttachAsync).RequireAuthorization(Permissions.Attach);
        pages.MapPost("/orders/{id:guid}/files/{attachmentId:guid}/marks", MarkAsync).RequireAuthorization(Permissions.Attach);
        pages.MapPost("/orders/{id:guid}/files/{attachmentId:guid}/marks/{markId:guid}/remove", RemoveMarkAsync).RequireAuthorization(Permissions.Attach);
    }

    private static async Task<IResult> AttachAsync(Guid id, IFormFile? file, [FromForm] string? tag, HttpContext http, OrderAttachments.Handler attachments, Actor actor, CancellationToken ct)
    {
        var result = await attachments.AddAsync(id, file, tag, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem()
            : Page.Next(http, $"/orders/{id}#files", result.Value.State == AttachmentState.Ready ? "附件已添加。" : "附件已添加，查毒后可以打开。");
    }

    private static async Task<IResult> MarkAsync(Guid id, Guid attachmentId, [FromForm] MarkForm form, HttpContext http, MarkRecording.Handler marks, Actor actor, CancellationToken ct)
    {
        var result = await marks.AddAsync(id, attachmentId, form.ToRequest(), actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : Page.Next(http, $"/orders/{id}#files", "已标记。");
    }

    private static async Task<IResult> RemoveMarkAsync(Guid id, Guid attachmentId, Guid markId, HttpContext http, MarkRecording.Handler marks, Actor actor, CancellationToken ct) =>
        await marks.RemoveAsync(id, attachmentId, markId, actor, ct) is { } refusal ? refusal.ToProblem() : Page.Next(http, $"/orders/{id}#files", "标记已删除。");

    /// <summary>What was typed to mark a moment.</summary>
    public sealed record MarkForm
    {
        public string? Second { get; init; }
        public string? Label { get; init; }

        internal MarkRecording.Request ToRequest() => new() { Second = int.TryParse(Second, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null, Label = Label };
    }

    /// <summary>附件.</summary>
    /// <param name="Preview">Address of the picture; null for what is none.</param>
    /// <param name="Recording">Address of the sound; null for what is none.</param>
    /// <param name="ViewUrl">Where its text is looked at; null for what has none, or none that could be shown.</param>
    /// <param name="IsSavedOnly">A text that can only be saved: of a format that is not shown.</param>
    /// <param name="Problem">Why it cannot be opened; null when it can.</param>
    /// <param name="Facts">What the camera wrote; null when it wrote nothing.</param>
    public sealed record Item(
        string Id, string Name, string Tag, string Url, string? Preview, string? Recording, string? ViewUrl, bool IsSavedOnly, string? Problem, long Size, DateTimeOffset At, string By, string? Facts, string MarkUrl, IReadOnlyList<Mark> Marks);

    /// <summary>标记秒.</summary>
    /// <param name="RemoveUrl">Where this reader takes it away; null for whoever may not.</param>
    public sealed record Mark(int Second, string Time, string Label, string By, string? RemoveUrl);

    /// <summary>What the part shows.</summary>
    /// <param name="Tags">附件类型 that a new file may have.</param>
    /// <param name="Filters">Types that are there, to narrow by; empty when there is one only.</param>
    /// <param name="Hint">Sizes that are taken.</param>
    public sealed record View(string Url, IReadOnlyList<Item> Items, IReadOnlyList<string> Tags, IReadOnlyList<Tab> Filters, bool MayAttach, string Hint)
    {
        public string Resume => "/api/v1" + Url + "/uploads";
    }

    internal sealed class Viewer(OrderAttachments.Handler attachments, IOptions<OrdersSettings> settings)
    {
        /// <param name="id">An order that the actor was found to see.</param>
        /// <param name="tag">附件类型; null or unknown for all.</param>
        public async Task<View> FindAsync(Guid id, string? tag, Actor actor, CancellationToken ct)
        {
            var all = await attachments.ListMarkedAsync(id, actor, ct) ?? [];
            var url = $"/orders/{id}";
            var groups = all.GroupBy(f => f.File.Tag).ToList();
            var shown = groups.Find(g => g.Key == tag)?.ToList() ?? all;
            return new(url, [.. shown.Select(f => Show(url, f, actor))], AttachmentTags.Of(settings.Value), Filters(url, groups, all.Count, tag), actor.Can(Permissions.Attach), Hint());
        }

        private string Hint() => $"图片 {Most("jpg")}、文档 {Most("pdf")}、音视频 {Most("mp4")} 以内";

        private string Most(string kind) => $"{Math.Min(FileKind.Of(kind)!.Limit >> 20, settings.Value.MostAttachmentMegabytes)} MB";

        private static IReadOnlyList<Tab> Filters(string url, List<IGrouping<string, OrderAttachments.Marked>> groups, int all, string? tag) => groups.Count < 2 ? [] :
        [
            new("全部", url + "#files", !groups.Exists(g => g.Key == tag), all),
            .. groups.Select(g => new Tab(g.Key, $"{url}?tag={Uri.EscapeDataString(g.Key)}#files", g.Key == tag, g.Count())),
        ];
    }

    private static bool IsRecording(OrderAttachments.Item f) => FileKind.Of(f.Kind)?.Group == FileGroup.Recording;

    private static Item Show(string order, OrderAttachments.Marked marked, Actor actor)
    {
        var (f, kind) = (marked.File, FileKind.Of(marked.File.Kind));
        var url = $"/api/v1{order}/attachments/{f.Id}";
        var (isReady, inline) = (f.State == AttachmentState.Ready, url + "?inline=true");
        return new(
            $"file-{f.Id}", f.Name, f.Tag, url, isReady && kind?.Group == FileGroup.Image ? inline : null, isReady && IsRecording(f) ? inline : null,
            isReady && PreviewFile.CanShow(kind) ? $"{order}/files/{f.Id}/preview" : null, isReady && kind?.Group is FileGroup.Document or FileGroup.Text && !PreviewFile.CanShow(kind),
            f.State switch { AttachmentState.Quarantined => "待查毒", AttachmentState.Infected => "含病毒，已隔离", AttachmentState.Ready => null },
            f.Size, f.At, f.By, FactsOf(f), $"{order}/files/{f.Id}/marks", [.. marked.Marks.Select(m => Show($"{order}/files/{f.Id}/marks/{m.Id}", m, actor))]);
    }

    private static Mark Show(string url, MarkRecording.Item m, Actor actor) => new(
        m.Second, TimeSpan.FromSeconds(m.Second).ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture), m.Label, m.By, MarkRecording.MayRemove(m.ById, actor) ? url + "/remove" : null);

    private static string? FactsOf(OrderAttachments.Item f)
    {
        string?[] facts =
        [
            f.TakenAt is { } at ? $"拍摄于 {Platform.Kit.Show.DateTime(at)}" : null,
            f.LonLat is { } place ? string.Create(CultureInfo.InvariantCulture, $"位置 {place.Lon:0.00000}, {place.Lat:0.00000}") : null,
        ];
        return facts.Any(x => x is not null) ? string.Join("，", facts.Where(x => x is not null)) : null;
    }
}
