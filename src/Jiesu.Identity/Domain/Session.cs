namespace Jiesu.Identity.Domain;

/// <summary>会话: one sign-in. The cookie holds a random number; here stands only its hash.</summary>
internal sealed class Session
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>SHA-256 of the number in the cookie, hexadecimal.</summary>
    public required string TokenHash { get; set; }
    public required Guid PersonId { get; init; }

    /// <summary>The post in which the person acts; null for someone without any.</summary>
    public Guid? PostId { get; set; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Last use, at most a minute old.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Signed out, ended by the person, or cut by a new password.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>来源地址.</summary>
    public required string Source { get; init; }

    /// <summary>浏览器, shortened.</summary>
    public required string Agent { get; init; }
}
