using System.Text.Json;
using Jiesu.Identity.Access;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Ciphers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using OpenIddict.Abstractions;

namespace Jiesu.Identity.Features.Demo;

internal sealed class DemoAccounts(JiesuDb db, IUnitDirectory units, RoleSeed roles, Passwords passwords, IOpenIddictApplicationManager clients, Remembered remembered, IConfiguration settings, TimeProvider clock)
    : IDemoAccounts
{
    private const string ClientId = "demo";

    public async Task<string> EnsureAsync(Uri baseUrl, CancellationToken ct)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(settings["Jiesu:DataFolder"] ?? "var", "demo")).FullName, "accounts.json");
        await roles.SeedAsync(ct);
        var cast = DemoCast.Of(await units.GetAsync(ct));
        if (!File.Exists(path) || !await AllThereAsync(cast, ct))
        {
            await IssueAsync(path, baseUrl, cast, ct);
        }

        return path;
    }

    public async Task<IReadOnlyDictionary<(string Role, Guid Unit), Guid>> PeopleAsync(CancellationToken ct)
    {
        var posts = await db.Set<Post>().AsNoTracking().OrderBy(p => p.Id).ToListAsync(ct);
        return posts.Select(p => (p.Role, Unit: p.UnitId, p.PersonId)).Concat(posts.Select(p => (p.Role, Unit: Guid.Empty, p.PersonId)))
            .DistinctBy(p => (p.Role, p.Unit)).ToDictionary(p => (p.Role, p.Unit), p => p.PersonId);
    }

    private async Task<bool> AllThereAsync(IReadOnlyList<DemoPart> cast, CancellationToken ct)
    {
        var logins = cast.Select(p => p.Login).ToArray();
        return await db.Set<Person>().CountAsync(p => logins.Contains(p.LoginKey), ct) == cast.Count && await clients.FindByClientIdAsync(ClientId, ct) is not null;
    }

    /// <summary>The file first, then the database: should it stop between the two, the next start finds accounts missing and issues again.</summary>
    private async Task IssueAsync(string path, Uri baseUrl, IReadOnlyList<DemoPart> cast, CancellationToken ct)
    {
        var secrets = cast.ToDictionary(p => p.Login, _ => Secrets.Password());
        var clientSecret = Secrets.Token();
        var file = new AccountsFile(
            baseUrl.ToString().TrimEnd('/'),
            [.. cast.Select(p => new UserEntry(p.Login, secrets[p.Login], p.Role, p.Unit.Code.Value, p.Unit.Name, p.Name))],
            [new(ClientId, clientSecret, TokenServer.ApiScope)]);
        var hashes = await Task.WhenAll(cast.Select(p => passwords.HashAsync(secrets[p.Login], ct)));
        SecretFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(file, AuditChain.Json), replace: true);
        await SavePeopleAsync(cast, hashes, ct);
        await SaveClientAsync(clientSecret, [.. cast.Select(p => p.Role).Distinct()], ct);
        remembered.Forget();
    }

    private async Task SavePeopleAsync(IReadOnlyList<DemoPart> cast, string?[] hashes, CancellationToken ct)
    {
        var logins = cast.Select(p => p.Login).ToArray();
        var known = await db.Set<Person>().Include(p => p.Posts).Where(p => logins.Contains(p.LoginKey)).ToDictionaryAsync(p => p.LoginKey, ct);
        foreach (var (i, part) in cast.Index())
        {
            if (!known.TryGetValue(part.Login, out var person))
            {
                person = Person.Of(part.Login, part.Name, clock.GetUtcNow());
                person.Take(part.Unit.Id, part.Role);
                db.Add(person);
            }

            person.SetPassword(hashes[i] ?? throw new InvalidOperationException("Too many passwords wait to be hashed."), null, null);
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Any of these roles at any unit.</summary>
    private async Task SaveClientAsync(string secret, IReadOnlyList<string> granted, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(ClientId, ct) is { } client)
        {
            await clients.UpdateAsync(client, secret, ct);
        }
        else
        {
            await clients.CreateAsync(
                new OpenIddictApplicationDescriptor
                {
                    ClientId = ClientId,
                    ClientSecret = secret,
                    DisplayName = "演示客户端",
                    Permissions =
                    {
                        OpenIddictConstants.Permissions.Endpoints.Token, OpenIddictConstants.Permissions.GrantTypes.ClientCredentials,
                        OpenIddictConstants.Permissions.Prefixes.Scope + TokenServer.ApiScope,
                    },
                },
                ct);
        }

        var held = await db.Set<ClientGrant>().Where(g => g.ClientId == ClientId && g.UnitId == null).Select(g => g.Role).ToListAsync(ct);
        db.AddRange(granted.Except(held).Select(role => new ClientGrant { ClientId = ClientId, Role = role }));
        await db.SaveChangesAsync(ct);
    }

    private sealed record AccountsFile(string BaseUrl, IReadOnlyList<UserEntry> Users, IReadOnlyList<ClientEntry> Clients);

    private sealed record UserEntry(string Login, string Password, string Role, string Unit, string UnitName, string Name);

    private sealed record ClientEntry(string ClientId, string ClientSecret, string Scope);
}
