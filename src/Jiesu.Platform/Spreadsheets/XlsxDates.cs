using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>日期单元格: a workbook stores dates as numbers; only the number format tells them apart.</summary>
internal sealed partial class XlsxDates(bool from1904)
{
    private static readonly SearchValues<char> DateLetters = SearchValues.Create("yYmMdDhHsS");
    private const double LastDay = 2_958_466;          // 10000-01-01
    private readonly HashSet<int> _dateFormats = [14, 15, 16, 17, 18, 19, 20, 21, 22, .. Enumerable.Range(27, 10), 45, 47, .. Enumerable.Range(50, 9)];
    private readonly List<bool> _isDate = [];

    public void ReadStyles(XmlPart styles)
    {
        var inCellFormats = false;
        while (styles.NextElement())
        {
            if (styles.Name == "numFmt" && styles.Number("numFmtId") is { } id && IsDate(styles["formatCode"] ?? ""))
            {
                _dateFormats.Add(id);
            }

            inCellFormats = styles.Depth == 1 ? styles.Name == "cellXfs" : inCellFormats;
            if (inCellFormats && styles.Name == "xf")
            {
                _isDate.Add(_dateFormats.Contains(styles.Number("numFmtId") ?? 0));
            }
        }
    }

    /// <summary>Null when style or value is not that of a date; a time of day has no date in front.</summary>
    public string? Format(int? style, double serial)
    {
        if (style is not { } s || s >= _isDate.Count || !_isDate[s] || serial is not (>= 0 and < LastDay))
        {
            return null;
        }

        var days = serial < 1 ? serial
            : from1904 ? serial + 1462
            : serial < 60 ? serial + 1          // 1900 was no leap year, but is one in a workbook
            : serial;
        var at = new DateTime(1899, 12, 30).AddSeconds(Math.Round(days * 86_400));
        return at.ToString(serial < 1 && at.Day == 30 ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>A date written as ISO text (cell type d).</summary>
    public static string FormatIso(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : text;

    /// <summary>A format is one of dates when a letter of date or time is left outside quotes, escapes and brackets.</summary>
    private static bool IsDate(string format) => Literals().Replace(format, "").AsSpan().ContainsAny(DateLetters);

    [GeneratedRegex("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literals();
}
