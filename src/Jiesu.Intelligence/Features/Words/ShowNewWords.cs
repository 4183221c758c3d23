using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>新词发现: words of recent requests that nobody has entered yet, for a person to take or to reject.</summary>
public static class ShowNewWords
{
    internal const string Url = ShowWords.Url + "/new";

    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet(Url, async (Actor actor, Reader reader, CancellationToken ct) => TypedResults.Ok(await reader.ReadAsync(actor, ct))).RequireAuthorization(Permissions.ViewWords);

    internal static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet(Url, async (HttpContext http, Actor actor, Reader reader, CancellationToken ct) => Page.Show<NewWordsPage, NewWordsPart>(http, await reader.ViewAsync(actor, ct))).RequireAuthorization(Permissions.ViewWords);

    /// <summary>候选新词, the best first.</summary>
    /// <param name="Last">The last search; null before the first.</param>
    public sealed record Response(IReadOnlyList<Candidate> Items, Search? Last);

    /// <summary>候选新词.</summary>
    /// <param name="Orders">Orders of the last thirty days that have it.</param>
    /// <param name="Previous">The same of the thirty days before.</param>
    /// <param name="Examples">What stands around it, names and numbers struck out; for those only who see the whole district.</param>
    public sealed record Candidate(Guid Id, string Term, int Orders, int Previous, double Score, IReadOnlyList<string> Examples);

    /// <param name="State">Queued, Running or Completed.</param>
    public sealed record Search(DateTimeOffset RequestedAt, string State, DateTimeOffset? EndedAt, int Orders, int Found)
    {
        internal bool IsBusy => State is nameof(WordSearchState.Queued) or nameof(WordSearchState.Running);
    }

    /// <summary>What the page shows.</summary>
    public sealed record View(Response Found, bool MayEdit)
    {
        /// <summary>The candidate whose taking was refused, and what was typed.</summary>
        public Guid? Refused { get; init; }
        public DecideNewWords.TakeRequest Take { get; init; } = new();
    }

    internal sealed class Reader(JiesuDb db)
    {
        public async Task<Response> ReadAsync(Actor actor, CancellationToken ct)
        {
            var found = await db.Set<WordCandidate>().AsNoTracking().Where(c => c.State == CandidateState.New).OrderByDescending(c => c.Score).ThenBy(c => c.Term).ToListAsync(ct);
            var last = await db.Set<WordSearch>().AsNoTracking().OrderByDescending(s => s.RequestedAt).ThenBy(s => s.Id).FirstOrDefaultAsync(ct);
            var maySee = actor.Units is null;    // the examples are of the whole district's orders
            return new(
                [.. found.Select(c => new Candidate(c.Id, c.Term, c.Orders, c.OrdersBefore, Math.Round(c.Score, 2), maySee ? c.Examples.Split('\n', StringSplitOptions.RemoveEmptyEntries) : []))],
                last is null ? null : new(last.RequestedAt, last.State.ToString(), last.EndedAt, last.Orders, last.Found));
        }

        public async Task<View> ViewAsync(Actor actor, CancellationToken ct) => new(await ReadAsync(actor, ct), actor.Can(Permissions.EditWords));
    }
}
