using System.Globalization;

namespace Jiesu.Callback.Domain;

public sealed class CallAdviceTests
{
    [Theory]
    //          now, Beijing        attempts so far                        warnings contain
    [InlineData("2026-03-02 09:00", "", "")]
    [InlineData("2026-03-02 11:59", "", "")]
    [InlineData("2026-03-02 12:00", "", "12:00 至 14:00")]
    [InlineData("2026-03-02 14:00", "", "")]
    [InlineData("2026-03-02 20:59", "", "")]
    [InlineData("2026-03-02 21:00", "", "21:00 至 08:30")]
    [InlineData("2026-03-03 08:29", "", "21:00 至 08:30")]
    [InlineData("2026-03-03 08:30", "", "")]
    [InlineData("2026-03-02 11:00", "2026-03-02 09:00", "换一个半天")]
    [InlineData("2026-03-02 15:00", "2026-03-02 09:00", "")]
    [InlineData("2026-03-03 09:00", "2026-03-02 09:00", "")]
    [InlineData("2026-03-03 15:00", "2026-03-02 09:00,2026-03-02 15:00,2026-03-03 09:00", "已拨打 3 次")]
    public void An_agent_is_warned_of_quiet_hours_of_the_same_half_day_and_of_the_last_attempt(string now, string attempts, string warning)
    {
        var warnings = CallAdvice.At(Beijing(now), [.. attempts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Beijing)], new());

        Assert.Equal(warning.Length == 0 ? 0 : 1, warnings.Count);
        Assert.All(warnings, w => Assert.Contains(warning, w, StringComparison.Ordinal));
    }

    private static DateTimeOffset Beijing(string text) => DateTimeOffset.Parse(text + " +08:00", CultureInfo.InvariantCulture);
}
