using System.Globalization;

namespace Jiesu.Orders.Features.Import;

public sealed class CellTextTests
{
    [Theory]
    //          written in the file          Beijing time
    [InlineData("2019/2/14 20:00:00", "2019-02-14 20:00:00")]
    [InlineData("2019/1/4 9:36:45", "2019-01-04 09:36:45")]
    [InlineData("2020-09-03", "2020-09-03 00:00:00")]
    [InlineData("2026年3月2日 9时5分", "2026-03-02 09:05:00")]
    [InlineData("2026年3月2日", "2026-03-02 00:00:00")]
    [InlineData("2026.3.2 09:05", "2026-03-02 09:05:00")]
    [InlineData("20260302", "2026-03-02 00:00:00")]
    [InlineData("20260302090501", "2026-03-02 09:05:01")]
    [InlineData("2026-03-02T09:05:00", "2026-03-02 09:05:00")]
    [InlineData("2026-03-02T01:05:00Z", "2026-03-02 09:05:00")]
    [InlineData("2026-03-02 09:05:00.250", "2026-03-02 09:05:00")]
    public void An_instant_is_understood(string text, string beijing) =>
        Assert.Equal(beijing, Platform.BeijingTime.ToBeijing(CellText.Instant(text)!.Value).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    [Theory, InlineData("3/4/2026"), InlineData("2026-02-30"), InlineData("2026-13-01"), InlineData("2026-03-02 25:00"), InlineData("昨天"), InlineData("46083"), InlineData("0000-01-01")]
    public void What_is_not_clear_is_no_instant(string text) => Assert.Null(CellText.Instant(text));
}
