using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Similar;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Learn;

/// <summary>
/// 增量学习: the model learns anew from time to time; until then what people decided since speaks up where a new text is much like theirs. Confirmed orders are
/// remembered beside corrected ones, so that one slip does not outvote many.
/// </summary>
internal sealed class Corrections(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    /// <summary>The newest; at this many a question costs half a millisecond more.</summary>
    private const int Most = 10_000;

    private const int Neighbours = 8;

    /// <summary>Below this likeness a decision has no say; from <see cref="FullSay"/> on it has all of it.</summary>
    private const double LeastLike = 0.45, FullSay = 0.8;

    /// <summary>Part of the score that decisions about texts just like this one take from the model.</summary>
    private const double HighestShare = 0.85;

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1);
    private string? _since;
    private DateTimeOffset _readTo;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private Dictionary<Guid, Remembered> _remembered = [];

    /// <summary>What was decided since the model learned, as it stands a moment ago at most.</summary>
    public async Task<Memory> SinceAsync(string modelVersion, DateTimeOffset trainedAt, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_since != modelVersion)
            {
                (_since, _readTo, _lookedAt, _remembered) = (modelVersion, trainedAt, DateTimeOffset.MinValue, []);
            }

            if (clock.GetUtcNow() - _lookedAt >= Often)
            {
                _lookedAt = clock.GetUtcNow();
                await ReadAsync(trainedAt, ct);
            }

            return new(_remembered.Values);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task ReadAsync(DateTimeOffset trainedAt, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var from = _remembered.Count == 0 || _readTo - Overlap < trainedAt ? trainedAt : _readTo - Overlap;
        var news = await (
            from d in db.Set<StoredDecision>().AsNoTracking()
            join t in db.Set<StoredText>() on d.OrderId equals t.Id
            where d.Matter == AdvisedMatter.Class && d.At >= @from
            orderby d.At descending
            select new { d.OrderId, d.Chosen, d.Rank, d.At, t.Vector }).Take(Most).ToListAsync(ct);
        if (news.All(n => _remembered.TryGetValue(n.OrderId, out var known) && known.At == n.At))
        {
            return;
        }

        var all = new Dictionary<Guid, Remembered>(_remembered);
        foreach (var n in news)
        {
            all[n.OrderId] = new(SimilarReader.Numbers(n.Vector), n.Chosen, n.Rank != 1, n.At);
        }

        (_remembered, _readTo) = (all.Count <= Most ? all : all.OrderByDescending(r => r.Value.At).Take(Most).ToDictionary(), news[0].At);
    }

    /// <summary>One decision.</summary>
    /// <param name="IsCorrection">Another class than the one advised was chosen.</param>
    internal sealed record Remembered(sbyte[] Vector, string Class, bool IsCorrection, DateTimeOffset At)
    {
        public double Length { get; } = Math.Sqrt(SimilarIndex.Dot(Vector, Vector));
    }

    /// <summary>记忆: immutable, for one question or many.</summary>
    internal sealed class Memory(IReadOnlyCollection<Remembered> decisions)
    {
        public static Memory None { get; } = new([]);

        /// <summary>What decisions about like texts say; null when there is none that corrected anything.</summary>
        public Say? About(string plain)
        {
            if (decisions.Count == 0)
            {
                return null;
            }

            var asked = TextVector.Of(plain);
            var length = Math.Sqrt(SimilarIndex.Dot(asked, asked));
            var near = decisions.Select(d => (Decision: d, Like: length * d.Length > 0 ? SimilarIndex.Dot(asked, d.Vector) / (length * d.Length) : 0))
                .Where(n => n.Like > LeastLike).OrderByDescending(n => n.Like).ThenBy(n => n.Decision.At).Take(Neighbours).ToArray();
            if (!near.Any(n => n.Decision.IsCorrection))
            {
                return null;
            }

            var all = near.Sum(n => n.Like - LeastLike);
            var share = HighestShare * Math.Min(1, (near[0].Like - LeastLike) / (FullSay - LeastLike));
            return new(share, near.GroupBy(n => n.Decision.Class).ToDictionary(g => g.Key, g => (g.Sum(n => n.Like - LeastLike) / all, g.Count(n => n.Decision.IsCorrection))));
        }
    }

    /// <summary>意见 of like decisions.</summary>
    /// <param name="Share">Part of the score that they take, 0–1.</param>
    /// <param name="Classes">How they share it, and how many of them had put the advice right.</param>
    internal sealed record Say(double Share, IReadOnlyDictionary<string, (double Part, int Corrections)> Classes)
    {
        /// <summary>The model's scores by class, with the decisions' part taken out of them and given to the classes that people chose.</summary>
        public Dictionary<string, double> Mix(IReadOnlyDictionary<string, double> scores) =>
            scores.Keys.Union(Classes.Keys).ToDictionary(code => code, code => (scores.GetValueOrDefault(code) * (1 - Share)) + (Share * Classes.GetValueOrDefault(code).Part));
    }
}
