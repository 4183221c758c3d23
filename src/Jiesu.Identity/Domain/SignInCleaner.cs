using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace Jiesu.Identity.Domain;

/// <summary>登录清理: takes away counts, sessions and tokens that mean nothing any more.</summary>
internal sealed class SignInCleaner(JiesuDb db, TimeProvider clock) : IJob
{
    private static readonly TimeSpan GuardsKept = TimeSpan.FromDays(2);
    private static readonly TimeSpan SessionsKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan TokensKept = TimeSpan.FromDays(1);

    public Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (guards, sessions, tokens) = (now - GuardsKept, now - SessionsKept, (now - TokensKept).UtcDateTime);
        return db.WriteAsync(
            async () =>
                await db.Set<SignInGuard>().Where(g => g.Since < guards && (g.LockedUntil == null || g.LockedUntil < guards)).ExecuteDeleteAsync(ct)
                + await db.Set<Session>().Where(s => s.SeenAt < sessions).ExecuteDeleteAsync(ct)
                + await db.Set<OpenIddictEntityFrameworkCoreToken<Guid>>().Where(t => t.ExpirationDate < tokens).ExecuteDeleteAsync(ct),
            ct);
    }
}
