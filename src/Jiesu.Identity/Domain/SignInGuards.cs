using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Identity.Domain;

/// <summary>Whether an attempt to sign in is looked at.</summary>
internal enum Door { Open, AccountLocked, SourceClosed }

/// <summary>登录防护: counts attempts by account and by source in the database, before the password is looked at; a success takes its own count back.</summary>
internal sealed class SignInGuards(JiesuDb db, IOptions<IdentitySettings> settings, TimeProvider clock)
{
    private Lockout Account => new(
        settings.Value.Failures, TimeSpan.FromMinutes(settings.Value.FailureMinutes), TimeSpan.FromMinutes(settings.Value.LockMinutes), TimeSpan.FromHours(settings.Value.LongestLockHours));

    private Lockout Source => new(
        settings.Value.SourceFailures, TimeSpan.FromMinutes(settings.Value.SourceFailureMinutes), TimeSpan.FromMinutes(settings.Value.SourceFailureMinutes), TimeSpan.FromMinutes(settings.Value.SourceFailureMinutes));

    public async Task<Door> EnterAsync(string loginKey, string source, CancellationToken ct)
    {
        if (!await ChangeAsync(SourceKey(source), (guard, now) => Source.Enter(guard, now), ct))
        {
            return Door.SourceClosed;
        }

        return await ChangeAsync(AccountKey(loginKey), (guard, now) => Account.Enter(guard, now), ct) ? Door.Open : Door.AccountLocked;
    }

    /// <summary>The right password: the account begins anew, the source loses this one.</summary>
    public async Task LeaveAsync(string loginKey, string source, CancellationToken ct)
    {
        await ChangeAsync(AccountKey(loginKey), (guard, _) => { (guard.Failures, guard.Locks, guard.LockedUntil) = (0, 0, null); return true; }, ct);
        await ChangeAsync(SourceKey(source), (guard, now) => { Source.TakeBack(guard, now); return true; }, ct);
    }

    private static string AccountKey(string loginKey) => Secrets.Hash("account:" + loginKey);

    private static string SourceKey(string source) => Secrets.Hash("source:" + source);

    /// <summary>Two attempts at once both count: the second sees that the row changed and begins again.</summary>
    private async Task<bool> ChangeAsync(string key, Func<SignInGuard, DateTimeOffset, bool> change, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var guard = await db.Set<SignInGuard>().SingleOrDefaultAsync(g => g.Key == key, ct);
            if (guard is null)
            {
                guard = new SignInGuard { Key = key, Since = clock.GetUtcNow() };
                db.Add(guard);
            }

            var isDone = change(guard, clock.GetUtcNow());
            guard.Version++;
            var isSaved = await db.TrySaveAsync(ct);
            db.Entry(guard).State = EntityState.Detached;
            if (isSaved)
            {
                return isDone;
            }
        }
    }
}
