using System.Globalization;
using Jiesu.Platform;

namespace Jiesu.Callback.Domain;

/// <summary>免打扰时段: from included, to excluded, Beijing time of day.</summary>
internal readonly record struct QuietSpan(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly time) => From <= To ? From <= time && time < To : time >= From || time < To;

    public static bool TryParse(string text, out QuietSpan span)
    {
        TimeOnly from = default, to = default;
        var ok = text.Split('-') is [var a, var b]
            && TimeOnly.TryParseExact(a, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out from)
            && TimeOnly.TryParseExact(b, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out to);
        span = new(from, to);
        return ok;
    }
}

/// <summary>拨打提示: what an agent should know before calling now. Warnings only: the caller may have asked for just this hour.</summary>
internal static class CallAdvice
{
    public static IReadOnlyList<string> At(DateTimeOffset now, IReadOnlyList<DateTimeOffset> attempts, CallbackSettings settings)
    {
        var warnings = new List<string>();
        var time = TimeOnly.FromDateTime(now.ToBeijing().DateTime);
        warnings.AddRange(settings.Quiet.Where(q => q.Contains(time)).Select(q => string.Create(
            CultureInfo.InvariantCulture, $"现在是免打扰时段（{q.From:HH\\:mm} 至 {q.To:HH\\:mm}），请在其他时间拨打。")));
        if (attempts.Any(a => HalfDay(a) == HalfDay(now)))
        {
            warnings.Add("这个半天已经拨打过，请换一个半天再拨打。");
        }

        if (attempts.Count >= settings.Attempts)
        {
            warnings.Add($"已拨打 {attempts.Count} 次，达到规定的 {settings.Attempts} 次。");
        }

        return warnings;
    }

    /// <summary>Morning and afternoon of a Beijing day, parted at noon.</summary>
    private static (DateOnly Day, bool IsMorning) HalfDay(DateTimeOffset instant)
    {
        var local = instant.ToBeijing().DateTime;
        return (DateOnly.FromDateTime(local), local.Hour < 12);
    }
}
