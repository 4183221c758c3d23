namespace Jiesu.Intelligence.Features.Language;

/// <summary>熔断: a server that failed three times in a row is left alone for a minute; then one question tries it.</summary>
internal sealed class Breaker(TimeProvider clock)
{
    public const int Failures = 3;
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private int _inARow;
    private DateTimeOffset _until;

    /// <summary>休息到; null while it works.</summary>
    public DateTimeOffset? RestsUntil
    {
        get
        {
            lock (_lock)
            {
                return _inARow >= Failures && clock.GetUtcNow() < _until ? _until : null;
            }
        }
    }

    /// <summary>False while it rests. The one that may try after the rest keeps the others out for another.</summary>
    public bool MayAsk()
    {
        lock (_lock)
        {
            if (_inARow < Failures)
            {
                return true;
            }

            if (clock.GetUtcNow() < _until)
            {
                return false;
            }

            _until = clock.GetUtcNow() + Rest;
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_lock)
        {
            _inARow = 0;
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            _inARow++;
            _until = clock.GetUtcNow() + Rest;
        }
    }
}
