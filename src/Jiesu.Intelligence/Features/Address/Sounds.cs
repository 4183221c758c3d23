using System.Collections.Frozen;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>读音: one character for all that sound alike without tones, so that what was heard or typed wrongly is still found.</summary>
internal static class Sounds
{
    private static readonly FrozenDictionary<char, char> Heads = WordFile.Lines("pinyin.txt").Select(l => l.Split(' ')).Where(l => l.Length == 2)
        .GroupBy(l => Blurred(l[0])).SelectMany(g => g.SelectMany(l => l[1]).Select(c => (c, Head: g.First()[1][0]))).DistinctBy(x => x.c).ToFrozenDictionary(x => x.c, x => x.Head);

    /// <summary>Each character by the first of those that sound like it; what has no reading here stays.</summary>
    public static string Of(string plain) => string.Create(plain.Length, plain, (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = Heads.GetValueOrDefault(text[i], text[i]);
        }
    });

    /// <summary>Sounds that many speakers do not tell apart: zh and z, n and l, ng and n.</summary>
    private static string Blurred(string syllable)
    {
        var blurred = syllable.Replace("zh", "z", StringComparison.Ordinal).Replace("ch", "c", StringComparison.Ordinal).Replace("sh", "s", StringComparison.Ordinal);
        return blurred.EndsWith("ing", StringComparison.Ordinal) || blurred.EndsWith("eng", StringComparison.Ordinal) ? blurred[..^1] : blurred;
    }
}
