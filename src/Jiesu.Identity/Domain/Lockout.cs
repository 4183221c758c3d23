namespace Jiesu.Identity.Domain;

/// <summary>登录失败计数 of one account or one source address; kept over restart (SEC-04).</summary>
internal sealed class SignInGuard
{
    /// <summary>SHA-256 of "account:login" or "source:address": what people type into the login field by mistake is not stored.</summary>
    public required string Key { get; init; }
    public int Failures { get; set; }
    public DateTimeOffset Since { get; set; }

    /// <summary>How often it was locked in a row; each lock doubles the next.</summary>
    public int Locks { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }
    public int Version { get; set; }
}

/// <summary>锁定规则: so many failures in a window lock for a time that doubles up to a limit.</summary>
internal sealed record Lockout(int Failures, TimeSpan Window, TimeSpan FirstLock, TimeSpan LongestLock)
{
    public static bool IsLocked(SignInGuard guard, DateTimeOffset now) => guard.LockedUntil is { } until && now < until;

    /// <summary>
    /// Counts one attempt, before its password is looked at, so that many at once do not slip through. False while locked: nothing is counted then.
    /// The attempt that fills the window is still tried; the next finds the lock.
    /// </summary>
    public bool Enter(SignInGuard guard, DateTimeOffset now)
    {
        if (IsLocked(guard, now))
        {
            return false;
        }

        if (now - guard.Since >= Window)
        {
            (guard.Failures, guard.Since) = (0, now);
        }

        if (guard.LockedUntil is { } ended && now - ended >= LongestLock)
        {
            (guard.Locks, guard.LockedUntil) = (0, null);    // a day without a lock: the doubling starts anew
        }

        guard.Failures++;
        if (guard.Failures >= Failures)
        {
            guard.LockedUntil = now + LockTime(guard.Locks);
            (guard.Failures, guard.Locks) = (0, guard.Locks + 1);
        }

        return true;
    }

    /// <summary>The attempt was right after all: it does not count, and the lock that it set falls.</summary>
    public void TakeBack(SignInGuard guard, DateTimeOffset now)
    {
        if (IsLocked(guard, now))
        {
            (guard.Failures, guard.Locks, guard.LockedUntil) = (Failures - 1, guard.Locks - 1, null);
        }
        else
        {
            guard.Failures = Math.Max(0, guard.Failures - 1);
        }
    }

    public TimeSpan LockTime(int locksBefore) => locksBefore >= 16 ? LongestLock : Shorter(FirstLock * Math.Pow(2, locksBefore), LongestLock);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
