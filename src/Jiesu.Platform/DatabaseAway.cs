using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jiesu.Platform;

/// <summary>数据库不可用 (REL-08, REL-26): a client hears 503 and when to come again, never 500. Under its key the same request is the same deed, so it may simply be sent again.</summary>
public sealed class DatabaseAway(ILogger<DatabaseAway> log) : IExceptionHandler
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public static Error Away() => new(ErrorKind.Unavailable, "database.away", "数据库暂时不可用，刚才的内容没有办成。请不要关闭本页，稍后再提交一次。") { RetryAfter = Soon };

    public static Error Busy() => new(ErrorKind.Unavailable, "database.busy", "同时办理的人太多，刚才的内容没有办成。请不要关闭本页，稍后再提交一次。") { RetryAfter = Soon };

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var refusal = DatabaseFaults.IsConflict(exception) ? Busy() : DatabaseFaults.IsAway(exception) ? Away() : null;
        if (refusal is null)
        {
            return false;
        }

        log.LogWarning("{Code}: {Fault}", refusal.Code, exception.GetBaseException().GetType().Name);
        await refusal.ToProblem().ExecuteAsync(httpContext);
        return true;
    }
}
