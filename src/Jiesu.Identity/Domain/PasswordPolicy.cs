namespace Jiesu.Identity.Domain;

/// <summary>口令规则 (SEC-02; GB/T 22239 8.1.4.1 a). Pure: says why a password is refused, or null.</summary>
/// <param name="Shortest">Characters at least; at most <see cref="Longest"/>.</param>
/// <param name="LocalWords">Words of this place that do not count: district, hotline, unit names.</param>
internal sealed record PasswordPolicy(int Shortest, IReadOnlyList<string> LocalWords)
{
    public const int Longest = 128;

    /// <summary>Characters that must remain when usual words, runs and the person's own login are taken out.</summary>
    private const int OwnCharacters = 8;

    private static readonly string[] UsualWords =
    [
        "password", "passwd", "passw", "welcome", "administrator", "admin", "manager", "master", "system", "server", "root", "guest", "test", "demo", "user", "login", "letmein", "changeme",
        "change", "default", "secret", "security", "iloveyou", "love", "hello", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman", "batman", "shadow", "freedom",
        "whatever", "trustno", "starwars", "computer", "internet", "china", "zhongguo", "woaini", "1314520", "5201314", "1314", "520", "mima", "guanli", "yonghu", "qwerty", "qwert", "asdfgh", "asdf", "zxcvbn", "zxcv", "qazwsx", "qaz", "wsx",
        "edc", "abc", "aaa", "spring", "summer", "autumn", "winter", "january", "february", "march", "april", "august", "september", "october", "november", "december", "monday", "friday", "sunday",
    ];

    public string? Refuses(string password, string login, string name)
    {
        if (password.Length < Shortest)
        {
            return $"口令至少 {Shortest} 个字符。";
        }

        if (password.Length > Longest)
        {
            return $"口令最多 {Longest} 个字符。";
        }

        if (Classes(password) < 3)
        {
            return "口令须含大写字母、小写字母、数字、其他字符中的三种。";
        }

        return OwnLength(password, login, name) < OwnCharacters
            ? "口令太常见：去掉常用词、连续或重复的字符、登录名和姓名后，至少要剩 8 个字符。"
            : null;
    }

    private static int Classes(string password) =>
        new[] { password.Any(char.IsUpper), password.Any(char.IsLower), password.Any(char.IsDigit), password.Any(c => !char.IsUpper(c) && !char.IsLower(c) && !char.IsDigit(c)) }.Count(x => x);

    /// <summary>What is left when all that a guesser tries first is gone; p@ssw0rd is password.</summary>
    private int OwnLength(string password, string login, string name)
    {
        var rest = Plain(password);
        foreach (var word in UsualWords.Concat(LocalWords).Append(login).Append(name).Select(Plain).Where(w => w.Length >= 3).OrderByDescending(w => w.Length))
        {
            rest = rest.Replace(word, "", StringComparison.Ordinal);
        }

        return WithoutRuns(rest);
    }

    private static string Plain(string text) => string.Concat(text.ToLowerInvariant().Select(c => c switch
    {
        '@' or '4' => 'a',
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '$' or '5' => 's',
        '7' => 't',
        _ => c,
    }));

    /// <summary>Counts characters, a run such as aaaa, abcd or 9876 (in its plain spelling too) as one.</summary>
    private static int WithoutRuns(string text)
    {
        var (count, previous) = (0, int.MaxValue);
        for (var i = 0; i < text.Length; i++)
        {
            var step = i == 0 ? int.MaxValue : text[i] - text[i - 1];
            var goesOn = step is >= -1 and <= 1 && (previous == step || previous == int.MaxValue);
            count += goesOn ? 0 : 1;
            previous = goesOn ? step : int.MaxValue;
        }

        return count;
    }
}
