using Microsoft.EntityFrameworkCore;

namespace Jiesu.Tests.Given;

/// <summary>What only the owner of the database can do: what is kept is let go first.</summary>
internal static class Tampering
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Takes the guards of an append-only table away.</summary>
    public static Task LetGoAsync(this TestApp app, string table) => app.InDbAsync(db => db.WriteAsync(
        async () =>
        {
            foreach (var drop in db.Database.IsSqlite() ? new[] { $"DROP TRIGGER {table}_no_update", $"DROP TRIGGER {table}_no_delete" } : [$"DROP TRIGGER {table}_no_change ON {table}"])
            {
                await db.Database.ExecuteSqlRawAsync(drop, Ct);
            }

            return true;
        },
        Ct));

    /// <summary>One statement, as someone with a database tool would type it; how many rows it changed.</summary>
    public static Task<int> TypeAsync(this TestApp app, string sql) => app.InDbAsync(db => db.WriteAsync(() => db.Database.ExecuteSqlRawAsync(sql, Ct), Ct));
}
