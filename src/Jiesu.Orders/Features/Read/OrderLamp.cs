namespace Jiesu.Orders.Features.Read;

/// <summary>警示灯 (hotline guide 2.6.6): green more than half of the time left, yellow at most half, orange at most a fifth, red overdue; null without a running clock.</summary>
internal static class OrderLamp
{
    public static IReadOnlyList<string> All { get; } = ["green", "yellow", "orange", "red"];

    public static string? Of(DateTimeOffset? startedAt, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (startedAt is not { } start || dueAt is not { } due)
        {
            return null;
        }

        var left = due - now;
        return left < TimeSpan.Zero ? "red" : left * 5 <= due - start ? "orange" : left * 2 <= due - start ? "yellow" : "green";
    }
}
