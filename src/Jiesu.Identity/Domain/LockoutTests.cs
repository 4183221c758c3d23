namespace Jiesu.Identity.Domain;

public sealed class LockoutTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly Lockout Rule = new(5, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15), TimeSpan.FromHours(24));

    [Theory]
    //          minutes of the attempts      tried   locked after the last
    [InlineData("0 1 2 3", 4, false)]
    [InlineData("0 1 2 3 4", 5, true)]
    [InlineData("0 1 2 3 4 5 6 7", 5, true)]
    [InlineData("0 1 2 3 16 17 18 19", 8, false)]
    [InlineData("0 1 2 3 4 19", 6, false)]
    [InlineData("0 1 2 3 4 19 20 21 22 23", 10, true)]
    public void Five_failures_in_a_quarter_of_an_hour_lock(string minutes, int tried, bool locked)
    {
        var guard = new SignInGuard { Key = "k" };
        var times = minutes.Split(' ').Select(m => Start.AddMinutes(int.Parse(m, System.Globalization.CultureInfo.InvariantCulture))).ToArray();

        Assert.Equal(tried, times.Count(at => Rule.Enter(guard, at)));
        Assert.Equal(locked, Lockout.IsLocked(guard, times[^1].AddSeconds(1)));
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(6, 960)]
    [InlineData(7, 1440)]
    [InlineData(90, 1440)]
    public void Each_lock_is_twice_as_long_up_to_a_day(int locksBefore, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Rule.LockTime(locksBefore));
}
