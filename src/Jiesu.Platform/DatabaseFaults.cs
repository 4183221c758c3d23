using Microsoft.Data.Sqlite;
using Npgsql;

namespace Jiesu.Platform;

/// <summary>数据库故障: which faults pass when the same is done again, and which say that the database cannot be reached.</summary>
public static class DatabaseFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int CannotOpen = 14;

    /// <summary>冲突: the database gave this transaction up for another and undid it whole (deadlock, serialization, SQLite busy). The same again may pass.</summary>
    public static bool IsConflict(Exception e) => Chain(e).Any(x =>
        x is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } or SqliteException { SqliteErrorCode: Busy or Locked });

    /// <summary>
    /// 不可用: stopped, starting, full or out of reach. Whether a commit on its way arrived is not known, so nothing is repeated here: the client does, under its key.
    /// </summary>
    public static bool IsAway(Exception e) => Chain(e).Any(x => x switch
    {
        PostgresException refused => IsAway(refused.SqlState),
        NpgsqlException => true,                                            // no answer at all: the connection, not the statement
        InvalidOperationException => x.Source == nameof(Npgsql),            // the connection broke under the driver's hands: it calls it closed or disposed of
        SqliteException file => file.SqliteErrorCode == CannotOpen,
        _ => false,
    });

    /// <summary>Connection lost (08), too many connections, the server is stopping or starting (57P).</summary>
    private static bool IsAway(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) || state == PostgresErrorCodes.TooManyConnections;

    /// <summary>The drivers wrap what happened once or twice.</summary>
    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }
}
