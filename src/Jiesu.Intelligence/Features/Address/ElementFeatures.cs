namespace Jiesu.Intelligence.Features.Address;

/// <summary>Signs that the elements of an address show, token by token: neighbouring tokens, their shapes, the next and the last word that ends an element, and what was said before.</summary>
internal sealed class ElementFeatures(ElementLexicon lexicon)
{
    private const int Window = 3;

    /// <summary>Characters that close most elements: the nearest ones before and after a token tell in which element it stands.</summary>
    private const string Closers = "省市区县旗镇乡村社屯庄街路道巷弄线桥号栋幢座楼层室单元门院园苑城厦店厂场司部校组队期与口侧面旁边";

    /// <summary>Closers whose having been seen at all matters, however long ago.</summary>
    private const string Levels = "省市区县镇乡街村路号楼室";

    private readonly List<ulong> _codes = [];
    private readonly List<int> _ends = [];
    private ulong[] _tokens = [];
    private ulong[] _shapes = [];
    private int[] _before = [], _after = [], _numbers = [];
    private ulong[] _kindsSeen = [];

    /// <summary>Members of the mean learn with and without the outline (<see cref="ElementTraining"/>).</summary>
    public bool HasOutline { get; set; } = true;

    /// <summary>Codes of the signs at a token, of the address that was read last.</summary>
    public ReadOnlySpan<ulong> At(int token) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_codes)[(token == 0 ? 0 : _ends[token - 1]).._ends[token]];

    /// <param name="own">Elements of the address itself when it is one of those the lexicon was made of: they are left out of it, else training would trust it too much.</param>
    public void Read(string[] tokens, AddressElement[]? own = null)
    {
        _codes.Clear();
        _ends.Clear();
        _tokens = Array.ConvertAll(tokens, Code);
        _shapes = Array.ConvertAll(tokens, Shape);
        FindClosers(tokens);
        var known = lexicon.In(_tokens, own);
        for (var i = 0; i < tokens.Length; i++)
        {
            AddWindow(i);
            AddClosers(tokens, i);
            AddRepeats(i);
            known.AddAt(i, _codes);
            _ends.Add(_codes.Count);
        }
    }

    internal static ulong Code(string token)
    {
        var code = 14695981039346656037UL;
        foreach (var c in token)
        {
            code = (code ^ c) * 1099511628211UL;
        }

        return code;
    }

    internal static ulong Mix(ulong a, ulong b)
    {
        var x = (a * 0x9E3779B97F4A7C15UL) ^ (b + 0x7F4A7C15UL + (a >> 29));
        x ^= x >> 32;
        x *= 0xD6E8FEB86659FD93UL;
        return x ^ (x >> 29);
    }

    private void AddWindow(int i)
    {
        Add(1, 1);
        for (var d = -Window; d <= Window; d++)
        {
            Add(10 + (ulong)(d + Window), Token(i + d));
        }

        for (var d = -Window; d < Window; d++)
        {
            Add(20 + (ulong)(d + Window), Mix(Token(i + d), Token(i + d + 1)));
        }

        for (var d = -Window; d < Window - 1; d++)
        {
            Add(30 + (ulong)(d + Window), Mix(Mix(Token(i + d), Token(i + d + 1)), Token(i + d + 2)));
        }

        for (var d = -Window; d <= 0; d++)
        {
            Add(40 + (ulong)(d + Window), Mix(Mix(Token(i + d), Token(i + d + 1)), Mix(Token(i + d + 2), Token(i + d + 3))));
        }

        Add(50, Mix(Token(i - 1), Token(i + 1)));
        Add(51, Mix(ShapeAt(i - 1), Mix(ShapeAt(i), ShapeAt(i + 1))));
        Add(52, Mix(Mix(ShapeAt(i - 2), ShapeAt(i - 1)), Mix(ShapeAt(i), Mix(ShapeAt(i + 1), ShapeAt(i + 2)))));
        Add(53, ShapeAt(i));
        Add(54, Mix(ShapeAt(i), Token(i + 1)));
        Add(55, Mix(ShapeAt(i), Token(i - 1)));
        Add(56, Mix(ShapeAt(i), Mix(Token(i - 1), Token(i + 1))));
        Add(57, Mix(ShapeAt(i + 1), Mix(Token(i), Token(i + 2))));
    }

    private void FindClosers(string[] tokens)
    {
        _before = new int[tokens.Length];
        _after = new int[tokens.Length];
        for (int i = 0, last = -1; i < tokens.Length; i++)
        {
            _before[i] = last;
            last = IsCloser(tokens[i]) ? i : last;
        }

        _numbers = new int[tokens.Length + 1];
        _kindsSeen = new ulong[tokens.Length];
        var seen = 0UL;
        for (var i = 0; i < tokens.Length; i++)
        {
            _kindsSeen[i] = seen;
            _numbers[i + 1] = _numbers[i] + (char.IsAsciiDigit(tokens[i][0]) ? 1 : 0);
            seen |= tokens[i].Length == 1 && Levels.IndexOf(tokens[i][0], StringComparison.Ordinal) is var level and >= 0 ? 1UL << level : 0;
        }

        for (int i = tokens.Length - 1, next = tokens.Length; i >= 0; i--)
        {
            next = IsCloser(tokens[i]) ? i : next;
            _after[i] = next;
        }
    }

    private void AddClosers(string[] tokens, int i)
    {
        var (before, after) = (Token(_before[i]), Token(_after[i]));
        var (since, until) = ((ulong)Math.Min(i - _before[i], 6), (ulong)Math.Min(_after[i] - i, 6));
        Add(60, Mix(after, until));
        Add(61, Mix(before, since));
        Add(62, Mix(Mix(after, until), Mix(before, since)));
        Add(63, Mix(before, after));
        Add(64, Mix(after, Token(i)));
        Add(65, Mix(Mix(before, Token(_before[i] - 1)), after));
        var next = _after[i] + 1 < tokens.Length ? _after[_after[i] + 1] : tokens.Length;
        Add(66, Mix(Mix(after, until), Mix(Token(next), (ulong)Math.Min(next - _after[i], 6))));
        Add(67, Mix(Mix(after, until), Token(_after[i] + 1)));
        Add(68, Mix((ulong)Math.Min(i, 3), (ulong)Math.Min(tokens.Length - 1 - i, 3)));
        Add(69, Mix((ulong)Math.Min(i / 3, 8), after));
        if (HasOutline)
        {
            AddOutline(tokens, i);
        }
    }

    /// <summary>Which closers and numbers came before and which follow: the outline of the address, that a chain looking one element back does not see.</summary>
    private void AddOutline(string[] tokens, int i)
    {
        var (first, second) = (_before[i], _before[i] < 0 ? -1 : _before[_before[i]]);
        var third = second < 0 ? -1 : _before[second];
        var past = Mix(Token(first), Token(second));
        Add(90, past);
        Add(91, Mix(past, Token(third)));
        Add(92, Mix(past, Token(i)));
        Add(93, Mix(past, Token(_after[i])));
        var (next, later) = (_after[i], Next(tokens, _after[i]));
        var coming = Mix(Token(next), Token(later));
        Add(94, coming);
        Add(95, Mix(coming, Token(Next(tokens, later))));
        Add(96, Mix(coming, Token(i)));
        var numbers = Mix((ulong)Math.Min(_numbers[i], 5), (ulong)Math.Min(_numbers[^1] - _numbers[i], 5));
        Add(97, Mix(numbers, ShapeAt(i)));
        Add(98, Mix(numbers, Mix(ShapeAt(i), Token(i + 1))));
        Add(99, Mix(numbers, Mix(Token(first), Token(next))));
        Add(100, Mix((ulong)(tokens.Length - i), ShapeAt(i)));
        Add(101, _kindsSeen[i]);
        Add(102, Mix(_kindsSeen[i], Token(next)));
    }

    private int Next(string[] tokens, int closer) => closer + 1 < tokens.Length ? _after[closer + 1] : tokens.Length;

    /// <summary>What is said a second time is often superfluous: how long a run around the token stood before, and how long a run comes again.</summary>
    private void AddRepeats(int i)
    {
        var (ahead, behind) = (0, 0);
        var (before, copies, away) = (0, 0, 0);
        var later = 0;
        for (var j = 0; j < _tokens.Length; j++)
        {
            if (_tokens[j] != _tokens[i] || j == i)
            {
                continue;
            }

            var (forth, back) = (Run(j, i, 1), Run(j, i, -1));
            var cover = forth + back - 1;
            if (j > i)
            {
                later = Math.Max(later, cover);
                continue;
            }

            (ahead, behind) = (Math.Max(ahead, forth), Math.Max(behind, back));
            (before, away) = cover >= before ? (cover, i - j) : (before, away);
            copies += cover > 1 ? 1 : 0;
        }

        Add(70, Mix((ulong)Math.Min(ahead, 4), (ulong)Math.Min(behind, 4)));
        Add(71, Mix((ulong)Math.Min(before, 6), ShapeAt(i)));
        var repeats = Mix((ulong)Math.Min(before, 6), (ulong)Math.Min(later, 6));
        Add(72, repeats);
        Add(73, Mix(repeats, Token(_after[i])));
        if (before > 1)
        {
            Add(74, Mix((ulong)copies, Mix((ulong)Math.Min(before, 6), Token(_after[i]))));
            Add(75, Mix((ulong)(away == before ? 1 : 0), Mix((ulong)Math.Min(before, 6), Token(_after[i]))));
            Add(76, Mix((ulong)Math.Min(away, 10), (ulong)Math.Min(before, 6)));
        }
    }

    private int Run(int one, int other, int step)
    {
        var length = 0;
        while (one >= 0 && other >= 0 && one < _tokens.Length && other < _tokens.Length && _tokens[one] == _tokens[other])
        {
            (one, other, length) = (one + step, other + step, length + 1);
        }

        return length;
    }

    private void Add(ulong template, ulong value) => _codes.Add(Mix(template, value));

    private ulong Token(int i) => i < 0 ? 2UL : i >= _tokens.Length ? 3UL : _tokens[i];

    private ulong ShapeAt(int i) => i < 0 ? 2UL : i >= _shapes.Length ? 3UL : _shapes[i];

    private static bool IsCloser(string token) => token.Length == 1 && Closers.Contains(token[0], StringComparison.Ordinal);

    private static ulong Shape(string token) => token[0] switch
    {
        >= '0' and <= '9' => 100 + (ulong)Math.Min(token.Length, 6) + (token.Contains('-', StringComparison.Ordinal) ? 10UL : 0) + (char.IsAsciiLetter(token[^1]) ? 20UL : 0),
        var c when char.IsAsciiLetter(c) => 140 + (ulong)Math.Min(token.Length, 3) + (char.IsAsciiDigit(token[^1]) ? 10UL : 0),
        var c when "一二三四五六七八九十百零〇甲乙丙丁东南西北中".Contains(c, StringComparison.Ordinal) => "东南西北中".Contains(c, StringComparison.Ordinal) ? 161UL : 160UL,
        var c when Closers.Contains(c, StringComparison.Ordinal) => Code(token),
        var c when c is >= '\u3400' and <= '\u9fff' => 170,
        _ => Code(token),
    };
}
