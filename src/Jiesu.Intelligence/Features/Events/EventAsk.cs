using System.Text.RegularExpressions;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>诉求句: the sentence of a request that says what is asked for.</summary>
internal static partial class EventAsk
{
    private const int Longest = 120;

    /// <summary>The last such sentence: complaints end with what they want. Null when there is none.</summary>
    public static string? In(string text) =>
        Sentence().Matches(text).Select(m => m.Value.Trim(' ', '，', ',', '；', ';', '、')).LastOrDefault(s => Asks().IsMatch(s)) is { } found ? Shorten(found) : null;

    /// <summary>Of a long sentence, from where it asks.</summary>
    private static string Shorten(string sentence)
    {
        var asking = sentence.Length <= Longest ? sentence : sentence[Asks().Match(sentence).Index..];
        return asking.Length <= Longest ? asking : asking[..Longest] + "……";
    }

    [GeneratedRegex("[^。！？!?\\r\\n]+")]
    private static partial Regex Sentence();

    [GeneratedRegex("要求|希望|恳请|请求|建议|盼望|期望|(?<![申聘邀宴])请(?![假示柬客])")]
    private static partial Regex Asks();
}
