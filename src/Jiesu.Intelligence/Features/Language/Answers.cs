using System.Text.Json;
using System.Text.RegularExpressions;
using Jiesu.Intelligence.Contracts;

namespace Jiesu.Intelligence.Features.Language;

/// <summary>
/// 应答核对: an answer is exactly the object that was asked for, or it is none. Strict reading refuses unknown, missing, doubled and null members and wrong types; what remains is
/// measured here. Whatever a text talked the model into, nothing comes through but a few plain words and codes that we offered ourselves.
/// </summary>
internal static partial class Answers
{
    private const int MostQuote = 100;
    private const int MostAsk = 200;
    private const int MostReason = 200;
    private const int MostDraft = 2_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, MaxDepth = 4 };

    private sealed record Facts(string? Place, string? Company, string? Time, string? Amount, string? Ask);

    private sealed record Ranking(IReadOnlyList<string> Codes, string Reason);

    private sealed record Draft(string Text);

    /// <summary>Quotes that do not stand in the request were made up and are left out.</summary>
    public static (ExtractedFacts? Value, LanguageOutcome Outcome) Extract(string answer, string request)
    {
        if (Read<Facts>(answer) is not { } facts || facts is not { Ask: null or { Length: <= MostAsk } } || new[] { facts.Place, facts.Company, facts.Time, facts.Amount }.Any(q => q?.Length > MostQuote))
        {
            return (null, LanguageOutcome.Malformed);
        }

        var said = Bare(request);
        return (new(Quote(facts.Place), Quote(facts.Company), Quote(facts.Time), Quote(facts.Amount), facts.Ask is null ? null : Plain(facts.Ask)), LanguageOutcome.Answered);

        string? Quote(string? words) => words is not null && Bare(words) is { Length: > 0 } bare && said.Contains(bare, StringComparison.OrdinalIgnoreCase) ? Plain(words) : null;
    }

    public static (RankedClasses? Value, LanguageOutcome Outcome) Rank(string answer, IReadOnlyCollection<string> offered)
    {
        if (Read<Ranking>(answer) is not { Codes: { Count: > 0 } codes, Reason.Length: <= MostReason } ranking || codes.Any(c => c is null) || codes.Distinct().Count() != codes.Count)
        {
            return (null, LanguageOutcome.Malformed);
        }

        return codes.All(offered.Contains) ? (new([.. codes], Plain(ranking.Reason)), LanguageOutcome.Answered) : (null, LanguageOutcome.NotOffered);
    }

    public static (string? Value, LanguageOutcome Outcome) Text(string answer) =>
        Read<Draft>(answer) is { Text.Length: <= MostDraft } draft && Plain(draft.Text) is { Length: > 0 } text ? (text, LanguageOutcome.Answered) : (null, LanguageOutcome.Malformed);

    /// <summary>Null when it is not what was asked for.</summary>
    private static T? Read<T>(string answer)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Unwrapped(answer), Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Many servers put the object into a block of Markdown, or their thoughts before it.</summary>
    private static string Unwrapped(string answer)
    {
        var bare = Thoughts().Replace(answer, "").Trim();
        return Block().Match(bare) is { Success: true } block ? block.Groups["json"].Value : bare;
    }

    /// <summary>Words alone: no mark-up, no address to press, no letter that hides or turns the others round.</summary>
    private static string Plain(string text)
    {
        var bare = Link().Replace(Markup().Replace(Named().Replace(text, "${words}"), ""), "（链接已去除）");
        return Unseen().Replace(bare, "").Replace('<', '＜').Replace('>', '＞').Trim();
    }

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"<think>.*?</think>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Thoughts();

    [GeneratedRegex(@"\A```(?:json)?\s*(?<json>.*?)\s*```\z", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"!?\[(?<words>[^\[\]]*)\]\([^()]*\)")]
    private static partial Regex Named();

    [GeneratedRegex(@"<script\b.*?</script\s*>|<style\b.*?</style\s*>|</?[A-Za-z!][^<>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex(@"(?:[a-z][a-z0-9+.\-]{1,20}://|(?:javascript|data|mailto|tel):|www\.)[^\s\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF]*|\b(?:[a-z0-9\-]+\.)+(?:com|cn|net|org|top|xyz|io|cc|vip|info|app|site)\b(?:/[^\s\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF]*)?", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Co}\p{Cs}-[\n]]")]
    private static partial Regex Unseen();
}
