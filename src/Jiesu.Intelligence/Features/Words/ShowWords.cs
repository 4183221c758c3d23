using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>词典: words that keywords are named by first, synonyms of them, and words that are never a keyword.</summary>
public static class ShowWords
{
    internal const string Url = "/intelligence/words";
    private const int MostShown = 200;

    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet(Url, async (string? q, string? kind, Actor actor, Reader reader, CancellationToken ct) => TypedResults.Ok(new Response(await reader.ReadAsync(q, kind, ct)))).RequireAuthorization(Permissions.ViewWords);

    internal static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet(Url, async (string? q, string? kind, HttpContext http, Actor actor, Reader reader, CancellationToken ct) =>
            Page.Show<WordsPage, WordsPart>(http, await reader.ViewAsync(q, kind, actor, ct))).RequireAuthorization(Permissions.ViewWords);

    public sealed record Response(IReadOnlyList<Row> Items);

    /// <summary>词条.</summary>
    /// <param name="Canonical">标准词; null where it stands for itself.</param>
    /// <param name="Kind">term 词语 or stop 停用词.</param>
    /// <param name="At">Last change.</param>
    public sealed record Row(Guid Id, string Term, string? Canonical, string Kind, DateTimeOffset At)
    {
        internal string KindName => Kind == EditWords.Stop ? "停用词" : Canonical is null ? "词语" : "同义词";
    }

    /// <summary>What the page shows.</summary>
    /// <param name="Candidates">New words that nobody has decided on.</param>
    public sealed record View(IReadOnlyList<Row> Words, int Count, string? Q, string? Kind, int Candidates, bool MayEdit)
    {
        public EditWords.AddRequest New { get; init; } = new();

        /// <summary>The word whose change was refused, and what was typed.</summary>
        public Guid? Changed { get; init; }
        public EditWords.ChangeRequest Change { get; init; } = new();
    }

    internal sealed class Reader(JiesuDb db)
    {
        public async Task<IReadOnlyList<Row>> ReadAsync(string? q, string? kind, CancellationToken ct)
        {
            var word = PlainText.Of(q);
            var rows = await db.Set<StoredWord>().AsNoTracking().Where(w => !w.IsOff && (word == "" || w.Term.Contains(word) || (w.Canonical != null && w.Canonical.Contains(word))))
                .OrderBy(w => w.Canonical ?? w.Term).ThenBy(w => w.Term).Select(w => new { w.Id, w.Term, w.Canonical, w.Kind, w.At }).ToListAsync(ct);
            return [.. rows.Select(w => new Row(w.Id, w.Term, w.Canonical, w.Kind == WordKind.Stop ? EditWords.Stop : EditWords.Term, w.At)).Where(r => string.IsNullOrEmpty(kind) || r.Kind == kind)];
        }

        public async Task<View> ViewAsync(string? q, string? kind, Actor actor, CancellationToken ct)
        {
            var rows = await ReadAsync(q, kind, ct);
            var candidates = await db.Set<WordCandidate>().CountAsync(c => c.State == CandidateState.New, ct);
            return new([.. rows.Take(MostShown)], rows.Count, q, kind, candidates, actor.Can(Permissions.EditWords));
        }
    }
}
