using Jiesu.Platform;

namespace Jiesu.Evaluation.Domain;

/// <summary>REL-36: what happens a millisecond before, at and after the border of a period.</summary>
public sealed class AssessmentPeriodTests
{
    private static readonly PeriodTable Table = new([Period("2024-02", new(2024, 1, 19), new(2024, 2, 29)), Period("2024-03", new(2024, 3, 1), new(2024, 12, 31)), Period("2025-01", new(2025, 1, 1), new(2025, 1, 18))]);

    [Theory]
    //          instant in Beijing, milliseconds beside it, period
    [InlineData("2024-03-01T00:00:00+08:00", -1, "2024-02")]    // the leap day is over
    [InlineData("2024-03-01T00:00:00+08:00", 0, "2024-03")]
    [InlineData("2024-03-01T00:00:00+08:00", 1, "2024-03")]
    [InlineData("2025-01-01T00:00:00+08:00", -1, "2024-03")]    // the year ends
    [InlineData("2025-01-01T00:00:00+08:00", 0, "2025-01")]
    [InlineData("2025-01-01T00:00:00+08:00", 1, "2025-01")]
    [InlineData("2024-01-19T00:00:00+08:00", -1, null)]
    [InlineData("2024-01-19T00:00:00+08:00", 0, "2024-02")]
    public void Each_millisecond_falls_into_one_period(string instant, int beside, string? code)
    {
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).AddMilliseconds(beside).ToUniversalTime();

        var containing = Table.InForce.Where(p => p.From <= at && at < p.Until).Select(p => p.Code);

        Assert.Equal(code is null ? [] : [code], containing);
        Assert.Equal(code, Table.On(DateOnly.FromDateTime(at.ToBeijing().DateTime))?.Code);
    }

    private static AssessmentPeriod Period(string code, DateOnly first, DateOnly last) =>
        new() { Code = code, Revision = 1, FirstDay = first, LastDay = last, ClosedFirstDay = first, Reason = "", CreatedAt = default };
}
