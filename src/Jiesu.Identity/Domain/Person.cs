using System.Globalization;
using System.Text;

namespace Jiesu.Identity.Domain;

/// <summary>人员: one account for one person; never removed, only disabled, because history refers to it.</summary>
internal sealed class Person
{
    private readonly List<Post> _posts = [];

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>登录名 as it was given.</summary>
    public required string Login { get; init; }

    /// <summary>The login without case, width and invisible characters; unique.</summary>
    public string LoginKey { get; private set; } = "";

    /// <summary>姓名.</summary>
    public required string Name { get; set; }
    public bool IsDisabled { get; private set; }
    public string PasswordHash { get; private set; } = "";

    /// <summary>From then on the person must choose a new password before anything else; null never.</summary>
    public DateTimeOffset? PasswordDueAt { get; private set; }

    /// <summary>From then on the password opens nothing: the end of a one-time secret; null never.</summary>
    public DateTimeOffset? PasswordUntil { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }
    public int Version { get; private set; }
    public IReadOnlyList<Post> Posts => _posts;

    public static Person Of(string login, string name, DateTimeOffset at) => new() { Login = login, LoginKey = KeyOf(login), Name = name, CreatedAt = at };

    /// <summary>Two logins that look alike are one (SEC-01).</summary>
    public static string KeyOf(string login) =>
        string.Concat(login.Normalize(NormalizationForm.FormKC).Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))).Trim().ToLowerInvariant();

    public void SetPassword(string hash, DateTimeOffset? dueAt, DateTimeOffset? until)
    {
        (PasswordHash, PasswordDueAt, PasswordUntil) = (hash, dueAt, until);
        Version++;
    }

    /// <summary>The same password under today's cost.</summary>
    public void RefreshHash(string hash) => PasswordHash = hash;

    public void Rename(string name)
    {
        Name = name;
        Version++;
    }

    public void Disable(bool disabled)
    {
        IsDisabled = disabled;
        Version++;
    }

    /// <summary>Gives the person a post; the same post twice is one.</summary>
    public Post Take(Guid unitId, string role)
    {
        if (_posts.Find(p => p.UnitId == unitId && p.Role == role) is { } held)
        {
            return held;
        }

        var post = new Post { PersonId = Id, UnitId = unitId, Role = role };
        _posts.Add(post);
        Version++;
        return post;
    }

    public void Leave(Guid postId)
    {
        _posts.RemoveAll(p => p.Id == postId);
        Version++;
    }
}

/// <summary>任职: a person in a role at a unit.</summary>
internal sealed class Post
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required Guid UnitId { get; init; }
    public required string Role { get; init; }
}

/// <summary>用过的口令: so that it does not come again.</summary>
internal sealed class UsedPassword
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required string Hash { get; init; }
    public required DateTimeOffset At { get; init; }
}
