namespace Jiesu.Platform.Events;

/// <summary>断路: a consumer that keeps failing is tried once a minute and no more; the first success lets everything through again (REL-15). One a consumer and node.</summary>
internal sealed class Circuit(TimeProvider clock)
{
    public const int MostFailures = 5;
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private int _failures;

    /// <summary>Nothing is tried before; meaningful while <see cref="IsOpen"/>.</summary>
    public DateTimeOffset Until { get; private set; }

    public bool IsOpen => IsTrying && clock.GetUtcNow() < Until;

    /// <summary>It failed too often to be trusted with more than one message.</summary>
    public bool IsTrying => _failures >= MostFailures;

    public void Succeed() => _failures = 0;

    public void Fail()
    {
        _failures++;
        Until = clock.GetUtcNow() + Pause;
    }
}
