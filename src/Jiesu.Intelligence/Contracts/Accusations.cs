using System.Text.RegularExpressions;

namespace Jiesu.Intelligence.Contracts;

/// <summary>反映承办单位自身: a request about an office's own conduct is not for that office to handle (避免由被反映单位主办).</summary>
public static partial class Accusations
{
    private const int Near = 12;

    /// <summary>Whether the text names the unit, and soon after it what people accuse an office of.</summary>
    public static bool Against(string unitName, string text)
    {
        for (var at = text.IndexOf(unitName, StringComparison.Ordinal); at >= 0; at = text.IndexOf(unitName, at + 1, StringComparison.Ordinal))
        {
            var after = at + unitName.Length;
            if (Conduct().IsMatch(text.AsSpan(after, Math.Min(Near, text.Length - after))))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("工作人员|不作为|乱作为|推诿|态度|乱收费|失职|吃拿卡要|不履行|推脱|敷衍")]
    private static partial Regex Conduct();
}
