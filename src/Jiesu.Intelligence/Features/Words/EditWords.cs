using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>维护词典: adds a word, gives it another 标准词, takes it out of use.</summary>
public static class EditWords
{
    internal const string Stop = "stop", Term = "term";

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost(ShowWords.Url, PostAsync).RequireAuthorization(Permissions.EditWords);
        api.MapPost(ShowWords.Url + "/{id:guid}", async (Guid id, ChangeRequest asked, Actor actor, Handler handler, CancellationToken ct) => Answer(await handler.ChangeAsync(id, asked, actor, ct)))
            .RequireAuthorization(Permissions.EditWords);
        api.MapDelete(ShowWords.Url + "/{id:guid}", async (Guid id, Actor actor, Handler handler, CancellationToken ct) => Answer(await handler.RetireAsync(id, actor, ct)))
            .RequireAuthorization(Permissions.EditWords);
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPost(ShowWords.Url, SubmitAsync).RequireAuthorization(Permissions.EditWords);
        pages.MapPost(ShowWords.Url + "/{id:guid}", SubmitChangeAsync).RequireAuthorization(Permissions.EditWords);
        pages.MapPost(ShowWords.Url + "/{id:guid}/retire", SubmitRetirementAsync).RequireAuthorization(Permissions.EditWords);
    }

    private static IResult Answer(Result<Done> done) => done.Error is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    private static async Task<IResult> PostAsync(AddRequest asked, Actor actor, Handler handler, CancellationToken ct) =>
        await handler.AddAsync(asked, actor, ct) is var added && added.Error is { } refusal ? refusal.ToProblem() : TypedResults.Created($"/api/v1{ShowWords.Url}/{added.Value}", new Added(added.Value));

    private static async Task<IResult> SubmitAsync(IFormCollection form, HttpContext http, Actor actor, Handler handler, ShowWords.Reader reader, CancellationToken ct)
    {
        var asked = new AddRequest { Term = form["term"], Canonical = form["canonical"], Kind = form["kind"] };
        var added = await handler.AddAsync(asked, actor, ct);
        return added.Error is { } refusal
            ? Page.Show<WordsPage, WordsPart>(http, await reader.ViewAsync(null, null, actor, ct) with { New = asked }, refusal)
            : Page.Next(http, ShowWords.Url, "已加入词典");
    }

    private static async Task<IResult> SubmitChangeAsync(Guid id, IFormCollection form, HttpContext http, Actor actor, Handler handler, ShowWords.Reader reader, CancellationToken ct)
    {
        var asked = new ChangeRequest { Canonical = form["canonical"], Kind = form["kind"] };
        var changed = await handler.ChangeAsync(id, asked, actor, ct);
        return changed.Error is { } refusal
            ? Page.Show<WordsPage, WordsPart>(http, await reader.ViewAsync(form["q"], null, actor, ct) with { Changed = id, Change = asked }, refusal with { Fields = new Dictionary<string, string[]>() })
            : Page.Next(http, ShowWords.Url, "已修改词条");
    }

    /// <param name="form">Holds the antiforgery token, which is checked because the form is asked for.</param>
    private static async Task<IResult> SubmitRetirementAsync(Guid id, IFormCollection form, HttpContext http, Actor actor, Handler handler, ShowWords.Reader reader, CancellationToken ct) =>
        (await handler.RetireAsync(id, actor, ct)).Error is { } refusal
            ? Page.Show<WordsPage, WordsPart>(http, await reader.ViewAsync(null, null, actor, ct), refusal)
            : Page.Next(http, ShowWords.Url, "已停用词条");

    /// <summary>新词条.</summary>
    public sealed record AddRequest
    {
        public string? Term { get; init; }

        /// <summary>标准词; empty where the word stands for itself.</summary>
        public string? Canonical { get; init; }

        /// <summary><c>term</c> (the usual) or <c>stop</c> 停用词.</summary>
        public string? Kind { get; init; }
    }

    /// <summary>修改词条.</summary>
    public sealed record ChangeRequest
    {
        public string? Canonical { get; init; }
        public string? Kind { get; init; }
    }

    public sealed record Added(Guid Id);

    internal sealed class Handler(JiesuDb db, WordBook book, IAuditLog audit, TimeProvider clock)
    {
        public async Task<Result<Guid>> AddAsync(AddRequest asked, Actor actor, CancellationToken ct)
        {
            var written = await WriteAsync(asked, "intelligence.word-add", actor, ct);
            return written.Error is { } refusal ? refusal : await SaveAsync(ct) is { Error: { } changed } ? changed : written.Value;
        }

        /// <summary>The same without saving, for whoever has more to save with it.</summary>
        public async Task<Result<Guid>> WriteAsync(AddRequest asked, string act, Actor actor, CancellationToken ct)
        {
            var term = PlainText.Of(asked.Term);
            if (Misspelt(term))
            {
                return new Error(ErrorKind.Invalid, "intelligence.word_term", $"词语请填 {StoredWord.Shortest} 到 {StoredWord.Longest} 个汉字、字母或数字，不含标点。", "term");
            }

            var word = await db.Set<StoredWord>().SingleOrDefaultAsync(w => w.Term == term, ct);
            if (word is { IsOff: false })
            {
                return new Error(ErrorKind.Conflict, "intelligence.word_known", $"词典中已有“{term}”，如需改动请在列表中修改。", "term");
            }

            word ??= db.Add(new StoredWord { Term = term }).Entity;
            word.IsOff = false;
            return await SetAsync(word, asked.Canonical, asked.Kind, act, actor, ct) is { } refusal ? refusal : word.Id;
        }

        public async Task<Result<Done>> ChangeAsync(Guid id, ChangeRequest asked, Actor actor, CancellationToken ct) =>
            await FindAsync(id, ct) is not { } word ? Unknown()
            : await SetAsync(word, asked.Canonical, asked.Kind, "intelligence.word-change", actor, ct) is { } refusal ? refusal
            : await SaveAsync(ct);

        public async Task<Result<Done>> RetireAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await FindAsync(id, ct) is not { } word)
            {
                return Unknown();
            }

            (word.IsOff, word.By, word.At) = (true, actor.PersonId, clock.GetUtcNow());
            audit.Record(actor, "intelligence.word-retire", $"word/{word.Id}", word.Term);
            return await SaveAsync(ct);
        }

        private static bool Misspelt(string word) => word.Length is < StoredWord.Shortest or > StoredWord.Longest || !word.All(PlainText.IsWord);

        private static Error Unknown() => new(ErrorKind.NotFound, "intelligence.word_unknown", "没有这个词条，可能已停用，请刷新后再试。");

        private Task<StoredWord?> FindAsync(Guid id, CancellationToken ct) => db.Set<StoredWord>().SingleOrDefaultAsync(w => w.Id == id && !w.IsOff, ct);

        /// <summary>Null when it could be set.</summary>
        private async Task<Error?> SetAsync(StoredWord word, string? canonical, string? kind, string act, Actor actor, CancellationToken ct)
        {
            var standard = PlainText.Of(canonical) is { Length: > 0 } written && written != word.Term ? written : null;
            if (kind is not (null or "" or Term or Stop))
            {
                return new(ErrorKind.Invalid, "intelligence.word_kind", "类别只能是 term（词语）或 stop（停用词），请改选。", "kind");
            }

            if (standard is not null && await RefusedAsync(word, standard, kind == Stop, ct) is { } why)
            {
                return new(ErrorKind.Invalid, "intelligence.word_canonical", why, "canonical");
            }

            (word.Canonical, word.Kind, word.By, word.At) = (standard, kind == Stop ? WordKind.Stop : WordKind.Term, actor.PersonId, clock.GetUtcNow());
            audit.Record(actor, act, $"word/{word.Id}", standard is not null ? $"{word.Term} → {standard}" : kind == Stop ? $"{word.Term}（停用词）" : word.Term);
            return null;
        }

        /// <summary>A synonym leads to its 标准词 in one step, so that nobody has to follow a chain.</summary>
        private async Task<string?> RefusedAsync(StoredWord word, string standard, bool isStop, CancellationToken ct)
        {
            if (isStop)
            {
                return "停用词不需要标准词，请清空标准词。";
            }

            if (Misspelt(standard))
            {
                return $"标准词请填 {StoredWord.Shortest} 到 {StoredWord.Longest} 个汉字、字母或数字，不含标点。";
            }

            var near = await db.Set<StoredWord>().AsNoTracking().Where(w => !w.IsOff && w.Id != word.Id && (w.Term == standard || w.Canonical == word.Term)).ToListAsync(ct);
            return near.Find(w => w.Term == standard) is { Canonical: { } further } ? $"“{standard}”本身是“{further}”的同义词，请直接填“{further}”。"
                : near.Exists(w => w.Term == standard && w.Kind == WordKind.Stop) ? $"“{standard}”是停用词，不能作标准词，请改填。"
                : near.Find(w => w.Canonical == word.Term) is { } other ? $"“{word.Term}”是“{other.Term}”的标准词，请先修改“{other.Term}”。"
                : null;
        }

        public async Task<Result<Done>> SaveAsync(CancellationToken ct)
        {
            if (!await db.TrySaveAsync(ct))
            {
                return new Error(ErrorKind.Conflict, "intelligence.word_changed", "词典或候选词刚有变化，请刷新后再试。");
            }

            book.Forget();
            return new Done();
        }
    }
}
