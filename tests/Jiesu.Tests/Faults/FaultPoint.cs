using System.Data.Common;
using Jiesu.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Jiesu.Tests.Faults;

/// <summary>Steps on the way of a transaction at which a test may stop the house.</summary>
public enum FaultStep
{
    /// <summary>Nothing is sent yet.</summary>
    BeforeBegin,

    /// <summary>The statement is about to be sent.</summary>
    BeforeStatement,

    /// <summary>The rows are written; where there is no transaction around the statement they are committed.</summary>
    AfterStatement,

    /// <summary>Everything is written and nothing is committed.</summary>
    BeforeCommit,

    /// <summary>Committed, and nobody knows yet.</summary>
    AfterCommit,
}

/// <summary>故障点: what stands between the house and its database in a test, and may hold up or break off a step. The product knows nothing of it.</summary>
internal sealed class FaultPoint : DbCommandInterceptor, IDbTransactionInterceptor
{
    /// <summary>Hears the step and, for a statement, its text; what it throws, the database seems to have thrown.</summary>
    public Func<FaultStep, string, Task> At { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>One for each node.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.AddSingleton(new FaultPoint()).ConfigureDbContext<JiesuDb>((sp, options) => options.AddInterceptors(sp.GetRequiredService<FaultPoint>()));

    public static FaultPoint Of(TestApp app) => app.Services.GetRequiredService<FaultPoint>();

    /// <summary>冲突, as this database words it.</summary>
    public static DbException Conflict(Database database) =>
        database == Database.Postgres ? new PostgresException("deadlock detected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected) : new SqliteException("database is locked", 5);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await At(FaultStep.BeforeStatement, command.CommandText);
        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        await At(FaultStep.AfterStatement, command.CommandText);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await At(FaultStep.BeforeStatement, command.CommandText);
        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await At(FaultStep.AfterStatement, command.CommandText);
        return result;
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await At(FaultStep.BeforeBegin, "");
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await At(FaultStep.BeforeCommit, "");
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => At(FaultStep.AfterCommit, "");
}
