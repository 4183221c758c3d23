using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>收录 or 不再提示, and the search itself on demand.</summary>
public static class DecideNewWords
{
    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost(ShowNewWords.Url + "/search", async (Actor actor, Handler handler, CancellationToken ct) => Answer(await handler.SearchAsync(actor, ct))).RequireAuthorization(Permissions.EditWords);
        api.MapPost(ShowNewWords.Url + "/{id:guid}/take", async (Guid id, TakeRequest asked, Actor actor, Handler handler, CancellationToken ct) => Answer(await handler.TakeAsync(id, asked, actor, ct)))
            .RequireAuthorization(Permissions.EditWords);
        api.MapPost(ShowNewWords.Url + "/{id:guid}/reject", async (Guid id, Actor actor, Handler handler, CancellationToken ct) => Answer(await handler.RejectAsync(id, actor, ct)))
            .RequireAuthorization(Permissions.EditWords);
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPost(ShowNewWords.Url + "/search", SubmitSearchAsync).RequireAuthorization(Permissions.EditWords);
        pages.MapPost(ShowNewWords.Url + "/{id:guid}/take", SubmitTakingAsync).RequireAuthorization(Permissions.EditWords);
        pages.MapPost(ShowNewWords.Url + "/{id:guid}/reject", SubmitRejectionAsync).RequireAuthorization(Permissions.EditWords);
    }

    private static IResult Answer(Result<Done> done) => done.Error is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    /// <param name="form">Holds the antiforgery token, which is checked because the form is asked for.</param>
    private static async Task<IResult> SubmitSearchAsync(IFormCollection form, HttpContext http, Actor actor, Handler handler, ShowNewWords.Reader reader, CancellationToken ct) =>
        await ShowAsync(await handler.SearchAsync(actor, ct), "已安排查找，稍后刷新查看", http, actor, reader, null, null, ct);

    private static async Task<IResult> SubmitTakingAsync(Guid id, IFormCollection form, HttpContext http, Actor actor, Handler handler, ShowNewWords.Reader reader, CancellationToken ct)
    {
        var asked = new TakeRequest { Canonical = form["canonical"] };
        return await ShowAsync(await handler.TakeAsync(id, asked, actor, ct), "已收录到词典", http, actor, reader, id, asked, ct);
    }

    /// <param name="form">Holds the antiforgery token, which is checked because the form is asked for.</param>
    private static async Task<IResult> SubmitRejectionAsync(Guid id, IFormCollection form, HttpContext http, Actor actor, Handler handler, ShowNewWords.Reader reader, CancellationToken ct) =>
        await ShowAsync(await handler.RejectAsync(id, actor, ct), "不再提示", http, actor, reader, null, null, ct);

    private static async Task<IResult> ShowAsync(Result<Done> done, string words, HttpContext http, Actor actor, ShowNewWords.Reader reader, Guid? id, TakeRequest? typed, CancellationToken ct) =>
        done.Error is { } refusal
            ? Page.Show<NewWordsPage, NewWordsPart>(http, await reader.ViewAsync(actor, ct) with { Refused = id, Take = typed ?? new() }, refusal with { Fields = new Dictionary<string, string[]>() })
            : Page.Next(http, ShowNewWords.Url, words);

    /// <summary>收录.</summary>
    public sealed record TakeRequest
    {
        /// <summary>标准词; empty where the word stands for itself.</summary>
        public string? Canonical { get; init; }
    }

    internal sealed class Handler(JiesuDb db, EditWords.Handler words, IAuditLog audit, TimeProvider clock)
    {
        private static Error Busy() => new(ErrorKind.Conflict, "intelligence.search_waits", "已有查找在排队或进行，请等它完成后再试。");

        private static Error Decided() => new(ErrorKind.Conflict, "intelligence.candidate_decided", "这个候选词已处理或已不在最近的工单中，请刷新后再试。");

        public async Task<Result<Done>> SearchAsync(Actor actor, CancellationToken ct)
        {
            var search = new WordSearch { RequestedAt = clock.GetUtcNow(), RequestedBy = actor.PersonId };
            db.Add(search);
            audit.Record(actor, "intelligence.word-search", $"word-search/{search.Id}");
            return await db.TrySaveAsync(ct) ? new Done() : Busy();
        }

        public async Task<Result<Done>> TakeAsync(Guid id, TakeRequest asked, Actor actor, CancellationToken ct)
        {
            if (await FindAsync(id, ct) is not { } candidate)
            {
                return Decided();
            }

            var written = await words.WriteAsync(new() { Term = candidate.Term, Canonical = asked.Canonical }, "intelligence.word-take", actor, ct);
            if (written.Error is { } refusal)
            {
                return refusal;
            }

            Decide(candidate, CandidateState.Taken, actor);
            return await words.SaveAsync(ct);
        }

        public async Task<Result<Done>> RejectAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await FindAsync(id, ct) is not { } candidate)
            {
                return Decided();
            }

            Decide(candidate, CandidateState.Rejected, actor);
            audit.Record(actor, "intelligence.word-reject", $"word-candidate/{candidate.Id}", candidate.Term);
            return await words.SaveAsync(ct);
        }

        private Task<WordCandidate?> FindAsync(Guid id, CancellationToken ct) => db.Set<WordCandidate>().SingleOrDefaultAsync(c => c.Id == id && c.State == CandidateState.New, ct);

        private void Decide(WordCandidate candidate, CandidateState state, Actor actor) =>
            (candidate.State, candidate.DecidedBy, candidate.DecidedAt) = (state, actor.PersonId, clock.GetUtcNow());
    }
}
