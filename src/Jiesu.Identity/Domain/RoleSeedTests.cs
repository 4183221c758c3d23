using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Domain;

public sealed class RoleSeedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_an_administrator_took_away_stays_away_and_what_is_new_comes_once(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        await app.InDbAsync(async db =>
        {
            (await db.Set<Role>().Include(r => r.Permissions).SingleAsync(r => r.Code == "AUDIT", Ct)).Hold([]);
            return await db.SaveChangesAsync(Ct);
        });
        await app.InDbAsync(db => db.WriteAsync(() => db.Set<SeededPermission>().Where(s => s.Role == "AUDIT" && s.Permission == Permissions.Units).ExecuteDeleteAsync(Ct), Ct));

        await app.SeedAsync();

        var held = await app.InDbAsync(db => db.Set<RolePermission>().Where(p => p.Role == "AUDIT").Select(p => p.Permission).ToListAsync(Ct));
        Assert.Equal([Permissions.Units], held);
    }
}
