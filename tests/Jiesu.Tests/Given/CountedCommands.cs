using System.Data.Common;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Given;

/// <summary>What is asked of the database, in the order in which it is asked.</summary>
internal sealed class CountedCommands : DbCommandInterceptor
{
    private readonly Lock _gate = new();
    private List<string> _asked = [];

    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<JiesuDb>(o => o.AddInterceptors(this));

    /// <summary>What was asked since the last time, and a new beginning.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_gate)
        {
            (var asked, _asked) = (_asked, []);
            return asked;
        }
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Count(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(Count(command, result));

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => Count(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        new(Count(command, result));

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Count(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(Count(command, result));

    private T Count<T>(DbCommand command, T result)
    {
        lock (_gate)
        {
            _asked.Add(command.CommandText);
        }

        return result;
    }
}
