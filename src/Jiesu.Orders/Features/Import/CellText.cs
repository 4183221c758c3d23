using System.Globalization;
using System.Text.RegularExpressions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Import;

/// <summary>单元格文字: what people and programs write for an instant, a yes, a number. Null is never a guess: what is not clear is refused.</summary>
internal static partial class CellText
{
    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "是", "1", "true", "yes", "y", "保密", "需要", "需回复" };
    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase) { "否", "0", "false", "no", "n", "公开", "不保密", "不需要", "无需回复" };

    /// <summary>2019/2/14 20:00:00, 2020-09-03, 2026年3月2日 9:05, 20260302, ISO 8601; without an offset it is Beijing time. UTC.</summary>
    public static DateTimeOffset? Instant(string text)
    {
        var match = Plain().Match(text);
        return match.Success ? FromParts(match) : BeijingInstants.TryParse(text, out var instant) ? instant : null;
    }

    public static bool? Flag(string text) => Yes.Contains(text) ? true : No.Contains(text) ? false : null;

    public static double? Degrees(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : null;

    private static DateTimeOffset? FromParts(Match match)
    {
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (year, month, day) = (Part("y"), Part("m"), Part("d"));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || Part("h") > 23 || Part("i") > 59 || Part("s") > 59)
        {
            return null;
        }

        return new DateOnly(year, month, day).StartOfDay().AddHours(Part("h")).AddMinutes(Part("i")).AddSeconds(Part("s"));
    }

    /// <summary>Year first: 3/4/2026 means two days, so it means none.</summary>
    [GeneratedRegex(
        @"^(?:(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})(?:(?<h>\d{2})(?<i>\d{2})(?<s>\d{2})?)?|(?<y>\d{4})\s*[-/.年]\s*(?<m>\d{1,2})\s*[-/.月]\s*(?<d>\d{1,2})日?(?:\s*(?<h>\d{1,2})\s*[:：时点]\s*(?<i>\d{1,2})(?:\s*(?:[:：]|分)\s*(?:(?<s>\d{1,2})(?:\.\d+)?秒?)?)?)?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
