namespace Jiesu.Evaluation.Domain;

/// <summary>排名: by score, then by volume, larger first (hotline guide 3.3.5).</summary>
internal static class Ranking
{
    /// <summary>One place a row, from 1; who is equal in both shares a place and the next one stays free. Null without a score.</summary>
    public static IReadOnlyList<int?> Of(IReadOnlyList<(decimal? Score, int Volume)> rows) =>
        [.. rows.Select(row => row.Score is null ? (int?)null : 1 + rows.Count(other => IsBetter(other, row)))];

    private static bool IsBetter((decimal? Score, int Volume) one, (decimal? Score, int Volume) other) =>
        one.Score > other.Score || (one.Score == other.Score && one.Volume > other.Volume);
}
