namespace Jiesu.Intelligence.Features.Address;

/// <summary>What two short texts share.</summary>
internal static class Texts
{
    /// <summary>The longest run of characters in both.</summary>
    public static string LongestRun(string a, string b)
    {
        var (lengths, best, end) = (new int[b.Length + 1], 0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = b.Length; j > 0; j--)
            {
                lengths[j] = a[i] == b[j - 1] ? lengths[j - 1] + 1 : 0;
                (best, end) = lengths[j] > best ? (lengths[j], i + 1) : (best, end);
            }
        }

        return a[(end - best)..end];
    }

    /// <summary>Length of the longest sequence of characters that stands in both in the same order, with gaps.</summary>
    public static int LongestSequence(string a, string b)
    {
        var row = new int[b.Length + 1];
        foreach (var c in a)
        {
            var diagonal = 0;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = c == b[j - 1] ? diagonal + 1 : Math.Max(row[j], row[j - 1]);
                diagonal = above;
            }
        }

        return row[^1];
    }

    /// <summary>编辑距离: insertions, removals and replacements that turn one into the other.</summary>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> row = b.Length < 256 ? stackalloc int[b.Length + 1] : new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }

    public static int SharedEnd(string a, string b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[^(length + 1)] == b[^(length + 1)])
        {
            length++;
        }

        return length;
    }
}
