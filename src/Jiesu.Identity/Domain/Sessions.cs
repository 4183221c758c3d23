using System.Security.Claims;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Identity.Domain;

/// <summary>会话: begins, finds and ends them. What ends here is dead on every node within seconds.</summary>
internal sealed class Sessions(JiesuDb db, PostRights rights, Remembered remembered, IOptions<IdentitySettings> settings, TimeProvider clock)
{
    private static readonly TimeSpan Notice = TimeSpan.FromMinutes(1);

    /// <summary>Adds a session; the caller saves. Returns the number for the cookie, which is stored nowhere.</summary>
    public string Begin(Guid personId, Guid? postId, string source, string agent)
    {
        var (token, now) = (Secrets.Token(), clock.GetUtcNow());
        db.Add(new Session
        {
            TokenHash = Secrets.Hash(token),
            PersonId = personId,
            PostId = postId,
            StartedAt = now,
            SeenAt = now,
            Source = source,
            Agent = agent.Length > 200 ? agent[..200] : agent,
        });
        return token;
    }

    /// <param name="isUse">The person works: the session lives on. Otherwise somebody only looks whether it stands.</param>
    public ValueTask<ClaimsPrincipal?> FindAsync(string token, bool isUse, CancellationToken ct)
    {
        var hash = Secrets.Hash(token);
        return remembered.Sessions.GetAsync(hash, () => ReadAsync(hash, isUse, ct));
    }

    /// <summary>Ends sessions of one person: one, or all but one.</summary>
    public async Task EndAsync(Guid personId, Guid? only, Guid? but, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.WriteAsync(
            () => db.Set<Session>().Where(s => s.PersonId == personId && s.EndedAt == null && (only == null || s.Id == only) && (but == null || s.Id != but))
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct), ct);
        remembered.Forget();
    }

    /// <summary>The person goes on in another post, under a new number (SEC-07); null when the post is not theirs.</summary>
    public async Task<string?> ChangePostAsync(Guid sessionId, Guid personId, Guid postId, CancellationToken ct)
    {
        if (!await db.Set<Post>().AnyAsync(p => p.Id == postId && p.PersonId == personId, ct))
        {
            return null;
        }

        var session = await db.Set<Session>().SingleAsync(s => s.Id == sessionId, ct);
        var token = Secrets.Token();
        (session.PostId, session.TokenHash) = (postId, Secrets.Hash(token));
        await db.SaveChangesAsync(ct);
        remembered.Forget();
        return token;
    }

    private async Task<ClaimsPrincipal?> ReadAsync(string hash, bool isUse, CancellationToken ct)
    {
        var row = await db.Set<Session>().AsNoTracking().Where(s => s.TokenHash == hash && s.EndedAt == null)
            .Join(db.Set<Person>(), s => s.PersonId, p => p.Id, (s, p) => new { Session = s, p.Name, p.IsDisabled, p.PasswordDueAt }).SingleOrDefaultAsync(ct);
        if (row is null || row.IsDisabled)
        {
            return null;
        }

        var posts = await db.Set<Post>().AsNoTracking().Where(p => p.PersonId == row.Session.PersonId).OrderBy(p => p.Id).ToListAsync(ct);
        var now = clock.GetUtcNow();
        if (IsOver(row.Session, posts.Exists(p => DefaultRoles.IsAdministrator(p.Role)), now))
        {
            return null;
        }

        if (isUse)
        {
            await NoticeAsync(row.Session, now, ct);
        }

        var identity = new ClaimsIdentity("session", ClaimNames.Name, ClaimNames.Role);
        identity.AddClaims([new(ClaimNames.Person, row.Session.PersonId.ToString()), new(ClaimNames.Session, row.Session.Id.ToString()), new(ClaimNames.Name, row.Name)]);
        identity.AddClaims(await StandingAsync(posts.Find(p => p.Id == row.Session.PostId) ?? posts.FirstOrDefault(), row.PasswordDueAt <= now, ct));
        return new(identity);
    }

    /// <summary>With a password that is due, nothing may be done but change it.</summary>
    private async Task<IEnumerable<Claim>> StandingAsync(Post? post, bool isDue, CancellationToken ct)
    {
        if (post is null)
        {
            return [new(ClaimNames.Unit, Guid.Empty.ToString())];
        }

        var claims = (await rights.ClaimsAsync(post.Role, post.UnitId, ct)).Append(new(ClaimNames.Post, post.Id.ToString()));
        return isDue ? claims.Where(c => c.Type != ClaimNames.Permission).Append(new(ClaimNames.PasswordDue, "true")) : claims;
    }

    private bool IsOver(Session session, bool isAdministrator, DateTimeOffset now)
    {
        var s = settings.Value;
        var idle = TimeSpan.FromMinutes(isAdministrator ? s.AdministratorIdleMinutes : s.IdleMinutes);
        var longest = TimeSpan.FromHours(isAdministrator ? s.AdministratorSessionHours : s.SessionHours);
        return now - session.SeenAt >= idle || now - session.StartedAt >= longest;
    }

    /// <summary>Written once a minute at most: reading pages must not become writing.</summary>
    private async Task NoticeAsync(Session session, DateTimeOffset now, CancellationToken ct)
    {
        if (now - session.SeenAt >= Notice)
        {
            await db.WriteAsync(() => db.Set<Session>().Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), ct), ct);
        }
    }
}
