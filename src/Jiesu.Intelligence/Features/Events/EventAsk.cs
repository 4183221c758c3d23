using System.Text.RegularExpressions;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>诉求句: the sentence of a request that says what is asked for.</summary>
internal static partial class EventAsk
{
    private const int Longest = 120;

    /// <summary>Of the last such sentence, from the clause that asks: complaints end with what they want. Null when there is none.</summary>
    public static string? In(string text) =>
        Sentence().Matches(text).Select(m => m.Value).LastOrDefault(s => Asks().IsMatch(s)) is not { } found ? null
            : Clause(found) is { Length: <= Longest } ask ? ask : Clause(found)[..Longest] + "……";

    private static string Clause(string sentence) => sentence[(sentence.LastIndexOfAny(Marks, Asks().Match(sentence).Index) + 1)..].Trim(Marks);

    private static readonly char[] Marks = [' ', '，', ',', '；', ';', '、', '：', ':'];

    [GeneratedRegex("[^。！？!?\\r\\n]+")]
    private static partial Regex Sentence();

    [GeneratedRegex("要求|希望|恳请|请求|建议|盼望|期望|(?<![申聘邀宴])请(?![假示柬客])")]
    private static partial Regex Asks();
}
