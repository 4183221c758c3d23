using CsCheck;

namespace Jiesu.Platform.Kit;

public sealed class ShowTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("3.05:59:59", "剩余 3 天 5 小时")]
    [InlineData("1.00:00:00", "剩余 1 天 0 小时")]
    [InlineData("05:20:00", "剩余 5 小时 20 分")]
    [InlineData("00:12:59", "剩余 12 分")]
    [InlineData("00:00:00", "剩余 0 分")]
    [InlineData("-00:30:00", "超期 30 分")]
    [InlineData("-2.01:00:00", "超期 2 天 1 小时")]
    public void What_is_left_is_told_in_two_units(string left, string expected) =>
        Assert.Equal(expected, Show.Remaining(Now + TimeSpan.Parse(left, System.Globalization.CultureInfo.InvariantCulture), Now));

    [Fact]
    public void Without_a_deadline_no_clock_runs() => Assert.Equal("未计时", Show.Remaining(null, Now));

    [Fact]
    public void A_span_and_its_mirror_tell_the_same_length() => Gen.Int[1, 100_000_000].Sample(seconds =>
        Show.Remaining(Now.AddSeconds(seconds), Now)["剩余".Length..] == Show.Remaining(Now.AddSeconds(-seconds), Now)["超期".Length..]);

    [Theory]
    [InlineData("0.98765", 2, "98.77%")]
    [InlineData("0.98765", 1, "98.8%")]
    [InlineData("0.00125", 2, "0.13%")]
    [InlineData("1", 1, "100.0%")]
    public void A_share_is_rounded_half_away_from_zero(string share, int decimals, string expected) =>
        Assert.Equal(expected, Show.Percent(decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture), decimals));

    [Fact]
    public void Instants_are_shown_in_Beijing()
    {
        Assert.Equal("2026-03-02 09:00", Show.DateTime(Now));
        Assert.Equal("2026-03-03", Show.Date(Now.AddHours(16)));
        Assert.Equal("—", Show.DateTime(null));
    }
}
