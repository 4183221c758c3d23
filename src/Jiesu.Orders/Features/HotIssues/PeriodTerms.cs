using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.HotIssues;

/// <summary>周期词语: what the kept advice of a period's orders names as keywords, counted by orders.</summary>
internal sealed class PeriodTerms(JiesuDb db)
{
    /// <summary>The newest orders of the period whose keywords are read: some 8 MB of advice, a few tenths of a second.</summary>
    public const int Most = 5_000;

    private const int MostShown = 40;

    public async Task<Read> ReadAsync(IQueryable<WorkOrder> now, IQueryable<WorkOrder> before, CancellationToken ct)
    {
        var (read, earlier) = (await KeywordsAsync(now, ct), await KeywordsAsync(before, ct));
        var was = earlier.SelectMany(o => o.Words).CountBy(w => w).ToDictionary();
        var shown = read.SelectMany(o => o.Words).CountBy(w => w).OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Take(MostShown)
            .Select(w => new ShowHot.Term(w.Key, w.Value, was.GetValueOrDefault(w.Key)));
        return new([.. shown], read.Count, earlier.Count, read.Where(o => o.Class is not null).ToLookup(o => o.Class!, o => o.Words));
    }

    private async Task<List<(string? Class, IReadOnlyList<string> Words)>> KeywordsAsync(IQueryable<WorkOrder> rows, CancellationToken ct)
    {
        var advice = from x in rows.OrderByDescending(x => x.No).Take(Most) join a in db.Set<StoredAdvice>() on x.Id equals a.OrderId select new { x.ClassCode, a.Json };
        return (await advice.ToListAsync(ct)).ConvertAll(a => ((string?)a.ClassCode, KeywordsIn(a.Json)));
    }

    /// <summary>Only this one list of the advice is read; the rest is long.</summary>
    private static IReadOnlyList<string> KeywordsIn(string json)
    {
        using var advice = JsonDocument.Parse(json);
        return [.. advice.RootElement.GetProperty("keywords").EnumerateArray().Select(w => w.GetString()!).Distinct()];
    }

    /// <param name="Orders">Orders of the period that were read.</param>
    /// <param name="OrdersBefore">The same of the period before.</param>
    internal sealed record Read(IReadOnlyList<ShowHot.Term> Shown, int Orders, int OrdersBefore, ILookup<string, IReadOnlyList<string>> ByClass)
    {
        private readonly Dictionary<string, int> _all = ByClass.SelectMany(c => c).SelectMany(w => w).CountBy(w => w).ToDictionary();

        /// <summary>What many orders of a class have in common and few others have.</summary>
        public IEnumerable<string> Of(string classCode) => ByClass[classCode].SelectMany(w => w).CountBy(w => w)
            .OrderByDescending(w => w.Value * Math.Log((Orders + 1.0) / _all[w.Key])).ThenBy(w => w.Key, StringComparer.Ordinal).Select(w => w.Key);
    }
}
