namespace Jiesu.Intelligence.Domain;

/// <summary>Where a word of a list stands in a text.</summary>
internal readonly record struct Found<T>(int Start, int Length, T Value)
{
    public int End => Start + Length;
}

/// <summary>词表: finds known words in a text, at each place the longest; what one word took, no other takes again.</summary>
internal sealed class WordList<T>
{
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly Dictionary<char, int[]> _lengths;

    public WordList(Dictionary<string, T> words)
    {
        _words = words.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = words.Keys.GroupBy(w => w[0]).ToDictionary(g => g.Key, g => g.Select(w => w.Length).Distinct().OrderDescending().ToArray());
    }

    public IReadOnlyList<Found<T>> In(ReadOnlySpan<char> text)
    {
        var found = new List<Found<T>>();
        for (var start = 0; start < text.Length;)
        {
            var length = LongestAt(text[start..], out var value);
            if (length > 0)
            {
                found.Add(new(start, length, value!));
            }

            start += Math.Max(length, 1);
        }

        return found;
    }

    /// <summary>Every word at every place, overlapping ones too.</summary>
    public IEnumerable<Found<T>> Every(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            foreach (var length in _lengths.GetValueOrDefault(text[start], []))
            {
                if (start + length <= text.Length && _words.TryGetValue(text.AsSpan(start, length), out var value))
                {
                    yield return new(start, length, value);
                }
            }
        }
    }

    private int LongestAt(ReadOnlySpan<char> text, out T? value)
    {
        foreach (var length in _lengths.GetValueOrDefault(text[0], []))
        {
            if (length <= text.Length && _words.TryGetValue(text[..length], out value))
            {
                return length;
            }
        }

        value = default;
        return 0;
    }
}
