using Jiesu.Platform;

namespace Jiesu.Host.Demo;

/// <summary>
/// Lets many histories go forward together, day by day: none begins a day before all others have left the one before. So caches that hold
/// today's rules are read once a day, as in life, and not once a step.
/// </summary>
internal sealed class Pace(int histories, int width) : IDisposable
{
    private readonly SortedDictionary<DateOnly, List<TaskCompletionSource>> _waiting = [];
    private readonly SemaphoreSlim _turns = new(width);
    private readonly Lock _lock = new();
    private DateOnly _today;
    private int _underWay = histories;

    /// <summary>Waits until the day of this instant has come, then does the step when a turn is free.</summary>
    public async Task<T> AtAsync<T>(DateTimeOffset at, Func<Task<T>> step, CancellationToken ct)
    {
        await DayAsync(DateOnly.FromDateTime(at.ToBeijing().DateTime));
        await _turns.WaitAsync(ct);
        try
        {
            return await step();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>A history has ended; the others do not wait for it any more.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _underWay--;
            TurnDay();
        }
    }

    public void Dispose() => _turns.Dispose();

    private Task DayAsync(DateOnly day)
    {
        lock (_lock)
        {
            if (day <= _today)
            {
                return Task.CompletedTask;
            }

            var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.TryAdd(day, []);
            _waiting[day].Add(come);
            _underWay--;
            TurnDay();
            return come.Task;
        }
    }

    private void TurnDay()
    {
        if (_underWay > 0 || _waiting.Count == 0)
        {
            return;
        }

        var (day, waiting) = _waiting.First();
        _waiting.Remove(day);
        _today = day;
        _underWay = waiting.Count;
        waiting.ForEach(w => w.SetResult());
    }
}
