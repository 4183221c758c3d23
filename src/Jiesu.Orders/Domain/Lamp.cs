namespace Jiesu.Orders.Domain;

/// <summary>警示灯 (hotline guide 2.6, step 6): how much of the limit is left.</summary>
internal enum LampColour { Green, Yellow, Orange, Red }

/// <summary>警示灯与剩余时间: one rule for lists, pages and screens.</summary>
internal static class Lamp
{
    private const double HalfLeft = 0.5;
    private const double FifthLeft = 0.2;

    /// <summary>Green above 50 % left, yellow to 50 %, orange to 20 %, red overdue; null without a running clock.</summary>
    public static LampColour? Of(DateTimeOffset? startedAt, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (startedAt is not { } start || dueAt is not { } due)
        {
            return null;
        }

        var left = due <= start ? 0 : (due - now) / (due - start);
        return now > due ? LampColour.Red
            : left <= FifthLeft ? LampColour.Orange
            : left <= HalfLeft ? LampColour.Yellow
            : LampColour.Green;
    }

    /// <summary>The word of the wire: green, yellow, orange, red.</summary>
    public static string Wire(this LampColour colour) => colour switch
    {
        LampColour.Green => "green",
        LampColour.Yellow => "yellow",
        LampColour.Orange => "orange",
        LampColour.Red => "red",
    };

    /// <summary>“剩余 x 天 y 小时” or “超期 x 天 y 小时”; minutes where no hour is full.</summary>
    public static string? Remaining(DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (dueAt is not { } due)
        {
            return null;
        }

        var (word, span) = now > due ? ("超期", now - due) : ("剩余", due - now);
        return span.TotalHours < 1 ? $"{word} {span.Minutes} 分钟"
            : span.TotalDays < 1 ? $"{word} {span.Hours} 小时 {span.Minutes} 分钟"
            : $"{word} {(int)span.TotalDays} 天 {span.Hours} 小时";
    }
}
