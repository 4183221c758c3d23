using System.Text;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>地址要素: one span of an address, in tokens, and what it names: prov, city, district, town, community, road, roadno, poi, houseno, cellno, floorno, roomno …, as the training addresses name them.</summary>
internal readonly record struct AddressElement(int Start, int Length, string Kind)
{
    public int End => Start + Length;
}

/// <summary>标注地址: tokens and the elements they form; every token belongs to one element.</summary>
internal sealed record LabelledAddress(string[] Tokens, AddressElement[] Elements)
{
    /// <summary>Reads a CoNLL file: <c>token B-kind</c> or <c>token I-kind</c> a line, a blank line after each address. Kinds are compared in lower case.</summary>
    public static IEnumerable<LabelledAddress> Read(string file)
    {
        var (tokens, tags) = (new List<string>(), new List<string>());
        foreach (var line in File.ReadLines(file, Encoding.UTF8).Append(""))
        {
            var parts = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length >= 2)
            {
                tokens.Add(parts[0]);
                tags.Add(parts[^1].ToLowerInvariant());
            }
            else if (tokens.Count > 0)
            {
                yield return new([.. tokens], Spans(tags));
                tokens.Clear();
                tags.Clear();
            }
        }
    }

    /// <summary>An element begins at B-, or where the kind changes without one, as conlleval reads it.</summary>
    private static AddressElement[] Spans(List<string> tags)
    {
        var spans = new List<AddressElement>();
        for (var start = 0; start < tags.Count;)
        {
            var kind = Kind(tags[start]);
            var end = start + 1;
            while (end < tags.Count && tags[end].StartsWith("i-", StringComparison.Ordinal) && Kind(tags[end]) == kind)
            {
                end++;
            }

            spans.Add(new(start, end - start, kind));
            start = end;
        }

        return [.. spans];
    }

    private static string Kind(string tag) => tag.IndexOf('-', StringComparison.Ordinal) is var dash and >= 0 ? tag[(dash + 1)..] : "otherinfo";
}
