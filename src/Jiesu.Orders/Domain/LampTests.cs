namespace Jiesu.Orders.Domain;

public sealed class LampTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    //          minutes of 100 gone
    [InlineData(0, "green")]
    [InlineData(49, "green")]
    [InlineData(50, "yellow")]
    [InlineData(79, "yellow")]
    [InlineData(80, "orange")]
    [InlineData(100, "orange")]
    [InlineData(101, "red")]
    public void The_lamp_tells_how_much_of_the_limit_is_left(int gone, string colour) =>
        Assert.Equal(colour, Lamp.Of(Start, Start.AddMinutes(100), Start.AddMinutes(gone))!.Value.Wire());

    [Fact]
    public void Without_a_clock_there_is_no_lamp() => Assert.Null(Lamp.Of(null, null, Start));

    [Theory]
    //          hours gone of 50
    [InlineData(0, "剩余 2 天 2 小时")]
    [InlineData(40, "剩余 10 小时 0 分钟")]
    [InlineData(50, "剩余 0 分钟")]
    [InlineData(77, "超期 1 天 3 小时")]
    public void The_remaining_time_is_told_in_days_and_hours(int gone, string words) => Assert.Equal(words, Lamp.Remaining(Start.AddHours(50), Start.AddHours(gone)));
}
