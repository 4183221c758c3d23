using System.ComponentModel.DataAnnotations;

namespace Jiesu.Identity;

/// <summary>Settings of this module, section <c>Jiesu:Identity</c>; the defaults are those of the security guide, section 1.</summary>
internal sealed class IdentitySettings
{
    public const string Section = "Jiesu:Identity";

    /// <summary>Idle time after which a session ends, in minutes.</summary>
    [Range(1, 1440)]
    public int IdleMinutes { get; init; } = 30;

    /// <summary>Longest life of a session, in hours.</summary>
    [Range(1, 168)]
    public int SessionHours { get; init; } = 12;

    /// <summary>The same for the three administrators, in minutes.</summary>
    [Range(1, 1440)]
    public int AdministratorIdleMinutes { get; init; } = 10;

    /// <summary>The same for the three administrators, in hours.</summary>
    [Range(1, 168)]
    public int AdministratorSessionHours { get; init; } = 8;

    /// <summary>Shortest password, in characters.</summary>
    [Range(8, 64)]
    public int PasswordLength { get; init; } = 12;

    /// <summary>Shortest password of the three administrators, in characters.</summary>
    [Range(8, 64)]
    public int AdministratorPasswordLength { get; init; } = 15;

    /// <summary>Earlier passwords that may not come again.</summary>
    [Range(0, 24)]
    public int PasswordHistory { get; init; } = 5;

    /// <summary>Days after which a password must be changed; 0 never.</summary>
    [Range(0, 3650)]
    public int PasswordDays { get; init; } = 90;

    /// <summary>Words that do not count in a password, beside the usual ones: the district, the hotline.</summary>
    public IReadOnlyList<string> LocalWords { get; init; } = ["fengtai", "beijing", "12345", "jiesu", "jieshu", "jiesujiban"];

    /// <summary>Wrong passwords for one account, within <see cref="FailureMinutes"/>, that lock it.</summary>
    [Range(1, 100)]
    public int Failures { get; init; } = 5;

    /// <summary>Minutes within which failures add up.</summary>
    [Range(1, 1440)]
    public int FailureMinutes { get; init; } = 15;

    /// <summary>First lock, in minutes; each further one is twice as long.</summary>
    [Range(1, 1440)]
    public int LockMinutes { get; init; } = 15;

    /// <summary>Longest lock, in hours.</summary>
    [Range(1, 168)]
    public int LongestLockHours { get; init; } = 24;

    /// <summary>Wrong passwords from one address, within <see cref="SourceFailureMinutes"/>, after which it must wait.</summary>
    [Range(1, 100_000)]
    public int SourceFailures { get; init; } = 60;

    /// <summary>Minutes within which failures from one address add up.</summary>
    [Range(1, 1440)]
    public int SourceFailureMinutes { get; init; } = 10;

    /// <summary>Passwords checked at the same time by one node; others wait.</summary>
    [Range(1, 64)]
    public int ParallelHashes { get; init; } = 2;

    /// <summary>Sign-ins that may wait for their turn; above it they are told to come back.</summary>
    [Range(1, 10_000)]
    public int WaitingHashes { get; init; } = 200;

    /// <summary>Hours that the first password of a new account opens.</summary>
    [Range(1, 720)]
    public int InviteHours { get; init; } = 72;

    /// <summary>Minutes that a password given by an administrator opens.</summary>
    [Range(1, 1440)]
    public int ResetMinutes { get; init; } = 30;

    /// <summary>Callers that one person may reveal on one day.</summary>
    [Range(0, 100_000)]
    public int RevealsPerDay { get; init; } = 30;

    /// <summary>Life of an access token, in minutes.</summary>
    [Range(1, 60)]
    public int AccessTokenMinutes { get; init; } = 10;
}
