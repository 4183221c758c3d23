using CsCheck;

namespace Jiesu.Orders.Features.Intake;

public sealed class OrderClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Numbers_rise_even_when_the_clock_stands_or_steps_back_a_little() => Gen.Int[-50, 50].List[1, 200].Sample(steps =>
    {
        var (clock, at, last) = (new OrderClock(7), Start, 0L);
        return steps.TrueForAll(step =>
        {
            (var before, last, at) = (last, clock.Next(at), at.AddMilliseconds(step));
            return last > before;
        });
    });

    [Fact]
    public void Five_thousand_numbers_of_one_millisecond_are_five_thousand_numbers()
    {
        var clock = new OrderClock(1023);
        Assert.Equal(5000, Enumerable.Range(0, 5000).Select(_ => clock.Next(Start)).Distinct().Count());
    }

    [Fact]
    public void A_period_of_receipt_is_a_range_of_numbers()
    {
        var clock = new OrderClock(1023);
        long[] numbers = [clock.Next(Start.AddMilliseconds(-1)), clock.Next(Start), clock.Next(Start.AddMilliseconds(9)), clock.Next(Start.AddMilliseconds(10))];

        var inside = numbers.Where(n => n >= OrderClock.FirstAt(Start) && n < OrderClock.FirstAt(Start.AddMilliseconds(10)));

        Assert.Equal(numbers[1..3], inside);
        Assert.Equal(Start, OrderClock.InstantOf(numbers[1]));
    }
}
