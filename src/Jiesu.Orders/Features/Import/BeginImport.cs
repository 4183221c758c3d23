using System.Text.Json;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Files;
using Jiesu.Platform.Spreadsheets;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Import;

/// <summary>批量导入 by REST: the file is judged and kept, then answered; the rows come in afterwards (<see cref="RunImports"/>).</summary>
internal static class BeginImport
{
    /// <summary>The file, and room for the other parts of the form.</summary>
    public const long LongestForm = 110L << 20;

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/imports", PostAsync).RequireAuthorization(Permissions.Import).Accepts<IFormFile>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(LongestForm)).WithFormOptions(multipartBodyLengthLimit: LongestForm)
            .Produces<ImportView>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Reads the form itself, so that a refusal names the field; a browser that comes with a cookie needs its form token.</summary>
    private static async Task<IResult> PostAsync(HttpRequest request, Handler handler, IAntiforgery antiforgery, Actor actor, CancellationToken ct)
    {
        if (request.Headers.Cookie.Count > 0 && !await antiforgery.IsRequestValidAsync(request.HttpContext))
        {
            return new Error(ErrorKind.Invalid, "request.token", "页面已失效，请刷新后重新提交。").ToProblem();
        }

        if (!request.HasFormContentType)
        {
            return new Error(ErrorKind.Unsupported, "file.form_expected", "请以 multipart/form-data 上传文件。", "file").ToProblem();
        }

        var form = await request.ReadFormAsync(ct);
        var result = await handler.HandleAsync(form.Files.GetFile("file"), new(Said(form["mapping"]), Said(form["template"])), actor, ct);
        return result.Error is not null ? result.Error.ToProblem() : TypedResults.Accepted($"/api/v1/imports/{result.Value.Id}", result.Value);
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The use case; the API, the page and the command line call it.</summary>
    internal sealed class Handler(JiesuDb db, ImportFiles files, ImportTemplates templates, IAuditLog audit, TimeProvider clock)
    {
        private static Error FileMissing() => new(ErrorKind.Invalid, "file.missing", "请选择一个文件。", "file");

        public async Task<Result<ImportView>> HandleAsync(IFormFile? upload, ImportChoice choice, Actor actor, CancellationToken ct)
        {
            if (upload is null)
            {
                return FileMissing();
            }

            await using var content = upload.OpenReadStream();
            return await HandleAsync(content, upload.FileName, choice, actor, ct);
        }

        public async Task<Result<ImportView>> HandleAsync(Stream content, string name, ImportChoice choice, Actor actor, CancellationToken ct)
        {
            var judged = ImportFiles.Judge(content);
            if (judged.Error is not null)
            {
                return judged.Error;
            }

            using var sheet = judged.Value;
            var mapping = await ChooseAsync(choice, sheet.Header, actor, ct);
            if ((mapping.Error ?? mapping.Value.Refuses(sheet.Header)) is { } refusal)
            {
                return refusal;
            }

            if (choice is { Mapping: not null, Template: { } template } && await templates.KeepAsync(template, mapping.Value, actor, ct) is { } nameless)
            {
                return nameless;
            }

            var added = await AddAsync(content, name, sheet, mapping.Value, actor, ct);
            if (added.Error is not null)
            {
                return added.Error;
            }

            added.Value.TryQueue();
            await db.SaveChangesAsync(ct);
            return ReadImport.ViewOf(added.Value, []);
        }

        /// <summary>For the page: the file waits for its mapping.</summary>
        public async Task<Result<Guid>> DraftAsync(IFormFile? upload, string? template, Actor actor, CancellationToken ct)
        {
            if (upload is null)
            {
                return FileMissing();
            }

            await using var content = upload.OpenReadStream();
            var judged = ImportFiles.Judge(content);
            if (judged.Error is not null)
            {
                return judged.Error;
            }

            using var sheet = judged.Value;
            Result<ImportMapping> mapping = template is null ? ImportMapping.Guess(sheet.Header) : await templates.FindAsync(template, actor, ct);
            if (mapping.Error is not null)
            {
                return mapping.Error;
            }

            var added = await AddAsync(content, upload.FileName, sheet, mapping.Value.Fit(sheet.Header), actor, ct);
            if (added.Error is not null)
            {
                return added.Error;
            }

            await db.SaveChangesAsync(ct);
            return added.Value.Id;
        }

        private async Task<Result<ImportMapping>> ChooseAsync(ImportChoice choice, IReadOnlyList<string> header, Actor actor, CancellationToken ct) =>
            choice.Mapping is { } json ? ImportMapping.Read(json)
            : choice.Template is { } name ? await templates.FindAsync(name, actor, ct)
            : ImportMapping.Guess(header);

        /// <summary>The content is on the disk before the row is written.</summary>
        private async Task<Result<OrderImport>> AddAsync(Stream content, string name, Spreadsheet sheet, ImportMapping mapping, Actor actor, CancellationToken ct)
        {
            var stored = await files.KeepAsync(content, ct);
            if (stored.Error is not null)
            {
                return stored.Error;
            }

            var now = clock.GetUtcNow();
            var import = new OrderImport
            {
                Id = Guid.CreateVersion7(now), Name = FileNames.Normalise(name), Hash = stored.Value.Hash, Total = sheet.RowCount, Mapping = mapping.ToJson(),
                ById = actor.PersonId, ByUnitId = actor.UnitId, ByRole = actor.Role, ByScope = actor.Units is null ? null : JsonSerializer.Serialize(actor.Units), At = now,
            };
            db.Add(import);
            audit.Record(actor, "orders.import", $"import/{import.Id}", $"{import.Total}");
            return import;
        }
    }
}
