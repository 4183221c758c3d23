using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Identity.Features.People;

internal sealed class FirstAdministrators(JiesuDb db, IUnitDirectory units, RoleSeed roles, Passwords passwords, IOptions<IdentitySettings> settings, TimeProvider clock) : IFirstAdministrators
{
    public async Task<IReadOnlyList<FirstAdministrator>> EnsureAsync(CancellationToken ct)
    {
        await roles.SeedAsync(ct);
        if (await db.Set<Person>().AnyAsync(ct))
        {
            return [];
        }

        var (now, made) = (clock.GetUtcNow(), new List<FirstAdministrator>());
        var until = now.AddHours(settings.Value.InviteHours);
        var centre = (await units.GetAsync(ct)).Centre;
        foreach (var (code, name) in DefaultRoles.Names.Where(r => DefaultRoles.IsAdministrator(r.Code)))
        {
            var (login, secret) = (code.ToLowerInvariant(), Secrets.Password());
            var person = Person.Of(login, name, now);
            person.Take(centre.Id, code);
            person.SetPassword(await passwords.HashAsync(secret, ct) ?? throw new InvalidOperationException("Too many passwords wait to be hashed."), now, until);
            db.Add(person);
            made.Add(new(login, name, secret, until));
        }

        await db.SaveChangesAsync(ct);
        return made;
    }
}
