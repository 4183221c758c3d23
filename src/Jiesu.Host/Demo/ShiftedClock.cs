namespace Jiesu.Host.Demo;

/// <summary>A clock that each flow of work may set for itself, so that a history of weeks is written in seconds, several at a time.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private readonly AsyncLocal<DateTimeOffset?> _now = new();

    public DateTimeOffset? Now
    {
        set => _now.Value = value;
    }

    public override DateTimeOffset GetUtcNow() => _now.Value ?? System.GetUtcNow();
}
