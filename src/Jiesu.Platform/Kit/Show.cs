using System.Globalization;

namespace Jiesu.Platform.Kit;

/// <summary>How instants, days, spans and figures are written on pages; all in Beijing time.</summary>
public static class Show
{
    /// <summary>Stands where there is no value.</summary>
    public const string None = "—";

    /// <summary>时刻: 2026-03-02 09:00.</summary>
    public static string DateTime(DateTimeOffset? instant) =>
        instant?.ToBeijing().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? None;

    /// <summary>日期: 2026-03-02.</summary>
    public static string Date(DateTimeOffset? instant) => instant?.ToBeijing().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? None;

    /// <summary>日期: 2026-03-02.</summary>
    public static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? None;

    /// <summary>钟点: 09:00.</summary>
    public static string Time(DateTimeOffset? instant) => instant?.ToBeijing().ToString("HH:mm", CultureInfo.InvariantCulture) ?? None;

    /// <summary>
    /// 剩余 / 超期, cut to two units: days and hours, or hours and minutes, or minutes. The remainder is rounded down and so is the delay,
    /// so that nobody reads more time than there is.
    /// </summary>
    public static string Remaining(DateTimeOffset? deadline, DateTimeOffset now)
    {
        if (deadline is not { } due)
        {
            return "未计时";
        }

        var left = due - now;
        return left >= TimeSpan.Zero ? $"剩余 {Span(left)}" : $"超期 {Span(-left)}";
    }

    /// <summary>时长: 2 天 3 小时, 5 小时 20 分, 12 分.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{span.Days} 天 {span.Hours} 小时",
        { TotalHours: >= 1 } => $"{span.Hours} 小时 {span.Minutes} 分",
        _ => $"{span.Minutes} 分",
    };

    /// <summary>百分比 of a share of 1: 0.98765 → 98.77%; half away from zero.</summary>
    public static string Percent(decimal? share, int decimals = 2) =>
        share is { } s ? Math.Round(s * 100, decimals, MidpointRounding.AwayFromZero).ToString("F" + decimals, CultureInfo.InvariantCulture) + "%" : None;

    /// <inheritdoc cref="Percent(decimal?, int)"/>
    public static string Percent(double? share, int decimals = 2) => Percent((decimal?)share, decimals);

    /// <summary>数: 12,345.</summary>
    public static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? None;

    /// <summary>数, with decimals: 12,345.60; half away from zero.</summary>
    public static string Number(decimal? number, int decimals = 2) =>
        number is { } n ? Math.Round(n, decimals, MidpointRounding.AwayFromZero).ToString("N" + decimals, CultureInfo.InvariantCulture) : None;

    /// <summary>文件大小: 640 B, 12.5 KB, 3.1 MB.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => (bytes / 1024m).ToString("F1", CultureInfo.InvariantCulture) + " KB",
        _ => (bytes / 1024m / 1024m).ToString("F1", CultureInfo.InvariantCulture) + " MB",
    };
}
