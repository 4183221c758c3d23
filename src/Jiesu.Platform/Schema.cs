using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Platform;

/// <summary>How the database stands to the program that wants to use it.</summary>
public enum SchemaState { Equal, Older, Newer }

/// <summary>数据库结构: brought up to date by <c>migrate</c>, checked at each start.</summary>
public static class Schema
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Older: migrations are missing. Newer: it has some that this program does not know.</summary>
    public static async Task<SchemaState> StateAsync(JiesuDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        var applied = await db.Database.CanConnectAsync(ct) ? (await db.Database.GetAppliedMigrationsAsync(ct)).ToHashSet() : [];
        return applied.Except(known).Any() ? SchemaState.Newer
            : known.Except(applied).Any() ? SchemaState.Older
            : SchemaState.Equal;
    }

    /// <summary>Applies what is missing; any number of processes may try at once.</summary>
    public static async Task MigrateAsync(JiesuDb db, CancellationToken ct)
    {
        if (!db.Database.IsSqlite())
        {
            await db.Database.MigrateAsync(ct);
            return;
        }

        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        await using var turn = await TakeTurnAsync(file + ".migrate", ct);
        await FreeStaleLockAsync(file, ct);
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>
    /// EF's own lock on SQLite is a row, and a process that is killed while migrating leaves it for ever. The lock of the operating system
    /// goes with the process: who holds it may remove that row.
    /// </summary>
    private static async Task<FileStream> TakeTurnAsync(string file, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestWait);
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            }
        }
    }

    private static async Task FreeStaleLockAsync(string file, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            return;
        }

        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from sqlite_master where name = '__EFMigrationsLock'";
        if (await command.ExecuteScalarAsync(ct) is 1L)
        {
            command.CommandText = "delete from \"__EFMigrationsLock\"";
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
