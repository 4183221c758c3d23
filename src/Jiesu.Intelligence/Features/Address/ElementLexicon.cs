namespace Jiesu.Intelligence.Features.Address;

/// <summary>要素词库: names that the training addresses bore and as what; known names are signs, not decisions.</summary>
internal sealed class ElementLexicon
{
    private const int Longest = 12, Shortest = 2;

    private readonly Dictionary<ulong, Dictionary<string, int>> _names = [];

    public void Add(LabelledAddress address)
    {
        foreach (var (code, kind) in Names(address.Tokens, address.Elements))
        {
            Add(code, kind, 1);
        }
    }

    public void Add(ulong code, string kind, int count)
    {
        if (!_names.TryGetValue(code, out var kinds))
        {
            _names[code] = kinds = [];
        }

        kinds[kind] = kinds.GetValueOrDefault(kind) + count;
    }

    public IEnumerable<(ulong Code, string Kind, int Count)> All => _names.SelectMany(n => n.Value.Select(k => (n.Key, k.Key, k.Value)));

    /// <summary>Known names in an address, at each token the longest that covers it.</summary>
    public Known In(ulong[] tokens, AddressElement[]? own)
    {
        var without = own is null ? null : Names(tokens, own).GroupBy(n => n).ToDictionary(g => g.Key, g => g.Count());
        var known = new Known(tokens.Length);
        for (var start = 0; start < tokens.Length; start++)
        {
            var code = 0UL;
            for (var end = start + 1; end <= Math.Min(tokens.Length, start + Longest); end++)
            {
                code = ElementFeatures.Mix(code, tokens[end - 1]);
                if (end - start >= Shortest && _names.TryGetValue(code, out var kinds) && Usual(code, kinds, without) is { } kind)
                {
                    known.Add(start, end, kind);
                }
            }
        }

        return known;
    }

    private static string? Usual(ulong code, Dictionary<string, int> kinds, Dictionary<(ulong, string), int>? without)
    {
        var (best, most) = ((string?)null, 0);
        foreach (var (kind, count) in kinds)
        {
            var left = count - (without?.GetValueOrDefault((code, kind)) ?? 0);
            if (left > most)
            {
                (best, most) = (kind, left);
            }
        }

        return best;
    }

    private static IEnumerable<(ulong Code, string Kind)> Names(string[] tokens, AddressElement[] elements) => Names(Array.ConvertAll(tokens, ElementFeatures.Code), elements);

    private static IEnumerable<(ulong Code, string Kind)> Names(ulong[] tokens, AddressElement[] elements) =>
        elements.Where(e => e.Length is >= Shortest and <= Longest).Select(e => (tokens[e.Start..e.End].Aggregate(0UL, ElementFeatures.Mix), e.Kind));

    /// <summary>Names found in one address.</summary>
    internal sealed class Known(int length)
    {
        private readonly (int Start, int End, ulong Kind)[] _longest = new (int, int, ulong)[length];
        private readonly (int End, ulong Kind)[] _starts = new (int, ulong)[length];
        private readonly (int Start, ulong Kind)[] _ends = new (int, ulong)[length];

        public void Add(int start, int end, string kind)
        {
            var code = ElementFeatures.Code(kind);
            for (var i = start; i < end; i++)
            {
                if (end - start > _longest[i].End - _longest[i].Start)
                {
                    _longest[i] = (start, end, code);
                }
            }

            _starts[start] = (end, code);
            _ends[end - 1] = _ends[end - 1].Kind == 0 ? (start, code) : _ends[end - 1];
        }

        public void AddAt(int i, List<ulong> codes)
        {
            var (start, end, kind) = _longest[i];
            if (kind != 0)
            {
                var place = i == start ? 1UL : i == end - 1 ? 3UL : 2UL;
                codes.Add(ElementFeatures.Mix(80, ElementFeatures.Mix(kind, place)));
                codes.Add(ElementFeatures.Mix(81, ElementFeatures.Mix(kind, place + (8 * (ulong)(end - start)))));
            }

            if (_starts[i].Kind != 0)
            {
                codes.Add(ElementFeatures.Mix(82, ElementFeatures.Mix(_starts[i].Kind, (ulong)(_starts[i].End - i))));
            }

            if (_ends[i].Kind != 0)
            {
                codes.Add(ElementFeatures.Mix(83, ElementFeatures.Mix(_ends[i].Kind, (ulong)(i - _ends[i].Start))));
            }

            if (i > 0 && _ends[i - 1].Kind != 0)
            {
                codes.Add(ElementFeatures.Mix(84, _ends[i - 1].Kind));
            }

            if (i + 1 < length && _starts[i + 1].Kind != 0)
            {
                codes.Add(ElementFeatures.Mix(85, _starts[i + 1].Kind));
            }
        }
    }
}
