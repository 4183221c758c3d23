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
    /// <param name="Problem">Why it cannot be opened; null when it can.</param>
    /// <param name="Facts">What the camera wrote; null when it wrote nothing.</param>
    public sealed record Item(
        string Id, string Name, string Tag, string Url, string? Preview, string? Recording, string? Problem, long Size, DateTimeOffset At, string By, string? Facts, string MarkUrl, IReadOnlyList<Mark> Marks);

    /// <summary>标记秒.</summary>
    public sealed record Mark(int Second, string Time, string Label, string By);

    /// <summary>What the part shows.</summary>
    /// <param name="Tags">附件类型 that a new file may have.</param>
    /// <param name="Filters">Types that are there, to narrow by; empty when there is one only.</param>
    /// <param name="Hint">Sizes that are taken.</param>
    public sealed record View(string Url, IReadOnlyList<Item> Items, IReadOnlyList<string> Tags, IReadOnlyList<Tab> Filters, bool MayAttach, string Hint)
    {
        public string Resume => "/api/v1" + Url + "/uploads";
    }

    internal sealed class Viewer(OrderAttachments.Handler attachments, MarkRecording.Handler marks, IOptions<OrdersSettings> settings)
    {
        /// <param name="id">An order that the actor was found to see.</param>
        /// <param name="tag">附件类型; null or unknown for all.</param>
        public async Task<View> FindAsync(Guid id, string? tag, Actor actor, CancellationToken ct)
        {
            var all = await attachments.ListAsync(id, actor, ct) ?? [];
            var url = $"/orders/{id}";
            var groups = all.GroupBy(f => f.Tag).ToList();
            var shown = groups.Find(g => g.Key == tag)?.ToList() ?? all;
            var marked = await marks.OfAsync([.. shown.Where(IsRecording).Select(f => f.Id)], ct);
            return new(url, [.. shown.Select(f => Show(url, f, marked[f.Id]))], AttachmentTags.Of(settings.Value), Filters(url, groups, all.Count, tag), actor.Can(Permissions.Attach), Hint());
        }

        private string Hint() => $"图片 {Most("jpg")}、文档 {Most("pdf")}、音视频 {Most("mp4")} 以内";

        private string Most(string kind) => $"{Math.Min(FileKind.Of(kind)!.Limit >> 20, settings.Value.MostAttachmentMegabytes)} MB";

        private static IReadOnlyList<Tab> Filters(string url, List<IGrouping<string, OrderAttachments.Item>> groups, int all, string? tag) => groups.Count < 2 ? [] :
        [
            new("全部", url + "#files", !groups.Exists(g => g.Key == tag), all),
            .. groups.Select(g => new Tab(g.Key, $"{url}?tag={Uri.EscapeDataString(g.Key)}#files", g.Key == tag, g.Count())),
        ];
    }

    private static bool IsRecording(OrderAttachments.Item f) => FileKind.Of(f.Kind)?.Group == FileGroup.Recording;

    private static Item Show(string order, OrderAttachments.Item f, IEnumerable<MarkRecording.Item> marks)
    {
        var url = $"/api/v1{order}/attachments/{f.Id}";
        var (isReady, inline) = (f.State == AttachmentState.Ready, url + "?inline=true");
        return new(
            $"file-{f.Id}", f.Name, f.Tag, url, isReady && FileKind.Of(f.Kind)?.Group == FileGroup.Image ? inline : null, isReady && IsRecording(f) ? inline : null,
            f.State switch { AttachmentState.Quarantined => "待查毒", AttachmentState.Infected => "含病毒，已隔离", AttachmentState.Ready => null },
            f.Size, f.At, f.By, FactsOf(f), $"{order}/files/{f.Id}/marks", [.. marks.Select(m => new Mark(m.Second, TimeSpan.FromSeconds(m.Second).ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture), m.Label, m.By))]);
    }

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
