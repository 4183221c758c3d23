namespace Jiesu.Identity.Contracts;

/// <summary>演示账号: people for every role of the demo district and one machine client, with secrets that are random for each installation.</summary>
public interface IDemoAccounts
{
    /// <summary>
    /// Makes what is missing and writes <c>demo/accounts.json</c> in the data folder (mode 0600); returns its path. Started again it changes nothing;
    /// where the file is gone, all get new secrets. Needs the units: at least two streets and the Centre.
    /// </summary>
    Task<string> EnsureAsync(Uri baseUrl, CancellationToken ct);

    /// <summary>Who holds which role at which unit; under <see cref="Guid.Empty"/> someone who holds the role anywhere.</summary>
    Task<IReadOnlyDictionary<(string Role, Guid Unit), Guid>> PeopleAsync(CancellationToken ct);
}

/// <summary>首批管理员: the three administrators of a fresh installation (SEC-01).</summary>
public interface IFirstAdministrators
{
    /// <summary>Logins and one-time passwords, to be shown once; empty when there are people already.</summary>
    Task<IReadOnlyList<FirstAdministrator>> EnsureAsync(CancellationToken ct);
}

/// <summary>首批管理员账号: the password opens once and must be changed then.</summary>
public sealed record FirstAdministrator(string Login, string RoleName, string OneTimePassword, DateTimeOffset Until);
