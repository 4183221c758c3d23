using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>
/// Does the search that somebody asked for, and one each night. Only the holder of the lease comes here, so one that still says Running was left by a node that stopped, and is done again.
/// </summary>
internal sealed class SearchWords(JiesuDb db, NewWordFinder finder, IOptions<IntelligenceSettings> settings, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private const int MostCandidates = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(20);

    public async Task RunAsync(CancellationToken ct)
    {
        if (await DueAsync(ct) is not { } search)
        {
            return;
        }

        search.State = WordSearchState.Running;
        await db.SaveChangesAsync(ct);
        var (orders, terms) = await finder.FindAsync(clock.GetUtcNow(), ct);
        (search.Orders, search.Found) = (orders, await KeepAsync(terms, ct));
        (search.State, search.EndedAt) = (WordSearchState.Completed, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    private async Task<WordSearch?> DueAsync(CancellationToken ct)
    {
        if (await db.Set<WordSearch>().SingleOrDefaultAsync(s => s.State == WordSearchState.Queued || s.State == WordSearchState.Running, ct) is { } asked)
        {
            return asked;
        }

        var now = clock.GetUtcNow();
        return now.ToBeijing().Hour != settings.Value.WordSearchHour || await db.Set<WordSearch>().AnyAsync(s => s.RequestedAt > now - Pause, ct)
            ? null
            : db.Add(new WordSearch { RequestedAt = now }).Entity;
    }

    /// <summary>What a person decided on stays as it is; what is found no more, and nobody decided on, goes.</summary>
    private async Task<int> KeepAsync(IReadOnlyList<NewTerm> terms, CancellationToken ct)
    {
        var stored = await db.Set<WordCandidate>().ToDictionaryAsync(c => c.Term, ct);
        NewTerm[] open = [.. terms.Where(t => stored.GetValueOrDefault(t.Term) is null or { State: CandidateState.New }).Take(MostCandidates)];
        foreach (var term in open)
        {
            var candidate = stored.GetValueOrDefault(term.Term) ?? db.Add(new WordCandidate { Term = term.Term, Examples = "" }).Entity;
            (candidate.Orders, candidate.OrdersBefore, candidate.Score) = (term.Orders, term.OrdersBefore, term.Score);
            (candidate.Examples, candidate.FoundAt) = (string.Join('\n', term.Examples), clock.GetUtcNow());
        }

        var found = open.Select(t => t.Term).ToHashSet();
        db.RemoveRange(stored.Values.Where(c => c.State == CandidateState.New && !found.Contains(c.Term)));
        return open.Length;
    }
}
