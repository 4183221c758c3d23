namespace Jiesu.Intelligence.Features.Address;

/// <summary>Signs that the elements of an address show, token by token: neighbouring tokens, their shapes, the next and the last word that ends an element, and what was said before.</summary>
internal sealed class ElementFeatures(ElementLexicon lexicon)
{
    private const int Window = 3;

    /// <summary>Characters that close most elements: the nearest ones before and after a token tell in which element it stands.</summary>
    private const string Closers = "省市区县旗镇乡村社屯庄街路道巷弄线桥号栋幢座楼层室单元门院园苑城厦店厂场司部校组队期与口侧面旁边";

    private readonly List<ulong> _codes = [];
    private readonly List<int> _ends = [];
    private ulong[] _tokens = [];
    private ulong[] _shapes = [];
    private int[] _before = [], _after = [];

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
    }

    /// <summary>What is said a second time is often superfluous.</summary>
    private void AddRepeats(int i)
    {
        var (ahead, behind) = (0, 0);
        for (var j = 0; j < i; j++)
        {
            ahead = Math.Max(ahead, Run(j, i, 1));
            behind = Math.Max(behind, Run(j, i, -1));
        }

        Add(70, Mix((ulong)Math.Min(ahead, 4), (ulong)Math.Min(behind, 4)));
        Add(71, Mix((ulong)Math.Min(Math.Max(0, ahead + behind - 1), 6), ShapeAt(i)));
    }

    private int Run(int early, int late, int step)
    {
        var length = 0;
        while (length < 4 && late < _tokens.Length && early >= 0 && late >= 0 && _tokens[early] == _tokens[late])
        {
            (early, late, length) = (early + step, late + step, length + 1);
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
