using Jiesu.Platform;
using Jiesu.Platform.Files;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Attachments;

/// <summary>附件预览: under the list of attachments, or as a page of its own without script. Whoever may save a file may look at it, and nobody else; what is not known to be clean is not looked at.</summary>
public static class PreviewFile
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet("/orders/{id:guid}/files/{attachmentId:guid}/preview", ShowAsync).RequireAuthorization(Permissions.Read);

    private static async Task<IResult> ShowAsync(Guid id, Guid attachmentId, HttpContext http, Handler handler, Actor actor, CancellationToken ct)
    {
        var view = await handler.FindAsync(id, attachmentId, actor, ct);
        return view.Error is { } refusal ? refusal.ToProblem() : Page.Show<PreviewPage, PreviewPart>(http, view.Value);
    }

    /// <summary>What the page shows.</summary>
    /// <param name="Office">Text and tables; null when the browser draws the file itself, or nobody can.</param>
    /// <param name="IsPdf">The browser draws it page by page.</param>
    /// <param name="Problem">Why it is not shown; null when it is.</param>
    public sealed record View(string Id, string Name, string FileUrl, string BackUrl, OfficePreview? Office, bool IsPdf, string? Problem);

    /// <summary>Formats of which there is something to look at; the rest is saved.</summary>
    internal static bool CanShow(FileKind? kind) => kind?.Extension == "pdf" || OfficePreview.CanShow(kind);

    /// <summary>The use case.</summary>
    internal sealed class Handler(OrderAttachments.Handler attachments)
    {
        public async Task<Result<View>> FindAsync(Guid id, Guid attachmentId, Actor actor, CancellationToken ct)
        {
            var opened = await attachments.OpenAsync(id, attachmentId, actor, ct);
            if (opened.Error is not null)
            {
                return opened.Error;
            }

            var (file, kind, content) = opened.Value;
            await using var closing = content;
            var view = new View($"file-{attachmentId}", file.Name, $"/api/v1/orders/{id}/attachments/{attachmentId}", $"/orders/{id}#files", null, kind?.Extension == "pdf", null);
            if (view.IsPdf)
            {
                return view;
            }

            if (!OfficePreview.CanShow(kind))
            {
                return view with { Problem = $"{file.Kind} 格式不能在页面中显示，请下载后打开。" };
            }

            var office = OfficePreview.Read(kind!, content);
            return office.Error is { } refusal ? view with { Problem = refusal.Message } : view with { Office = office.Value };
        }
    }
}
