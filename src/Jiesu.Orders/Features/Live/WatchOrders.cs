using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jiesu.Orders.Features.Live;

/// <summary>实时计数: a stream of counters, first as they stand, then after each change; a ping when it is quiet. Ids and numbers only.</summary>
internal static class WatchOrders
{
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    /// <summary>How often an open stream asks who reads it. What is asked is up to three seconds old; together less than five (SEC-10).</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1.5);

    /// <summary>A burst of changes is counted once in this time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/counts", GetAsync).RequireAuthorization(Permissions.Read);

    public static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet("/live", Watch).RequireAuthorization(Permissions.Read).ExcludeFromDescription();

    private static async Task<Ok<OrderCounters.Counts>> GetAsync(OrderCounters counters, Actor actor, CancellationToken ct) =>
        TypedResults.Ok(await counters.ReadAsync(actor, ct));

    private static ServerSentEventsResult<string> Watch(Stream stream, Actor actor, IStanding standing, HttpContext http)
    {
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        return TypedResults.ServerSentEvents(stream.ReadAsync(actor, ct => standing.AskAgainAsync(http.Request, ct), http.RequestAborted));
    }

    /// <summary>Each look at the database has a scope of its own: the stream lives for hours.</summary>
    internal sealed class Stream(LiveHub hub, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        /// <param name="now">Who the reader is now; null when nobody any more.</param>
        public async IAsyncEnumerable<SseItem<string>> ReadAsync(Actor actor, Func<CancellationToken, Task<Actor?>> now, [EnumeratorCancellation] CancellationToken ct)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
            var watching = WatchAsync(actor, now, end);
            var news = hub.ListenAsync(OrderTopics.For(actor), Ping, end.Token).GetAsyncEnumerator(end.Token);
            var next = NextAsync(news);                                     // listens before it counts: nothing falls in between
            try
            {
                for (var shown = await CountAsync(actor, end.Token); shown is not null;)
                {
                    yield return new(shown, "counts");
                    while (await next is (true, null))
                    {
                        next = NextAsync(news);
                        yield return new("", "ping");
                    }

                    if (await next is (false, _))
                    {
                        break;
                    }

                    await Task.WhenAny(Task.Delay(Pause, clock, end.Token));
                    next = NextAsync(news);
                    shown = await CountAsync(actor, end.Token);
                }
            }
            finally
            {
                await end.CancelAsync();
                await watching;
                await next;                                                 // an enumerator may not be left with a step under way
                await news.DisposeAsync();
            }
        }

        /// <summary>Ends the stream when the reader is no longer who they were as it began (SEC-10); the page connects again and hears what it may hear now.</summary>
        private async Task WatchAsync(Actor actor, Func<CancellationToken, Task<Actor?>> now, CancellationTokenSource end)
        {
            try
            {
                while (await now(end.Token) is { } still && IsSame(actor, still))
                {
                    await Task.Delay(Look, clock, end.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // the stream is over
            }
            finally
            {
                await end.CancelAsync();                                    // whatever went wrong here, nobody reads on unwatched
            }
        }

        private static bool IsSame(Actor then, Actor now) => now.PersonId == then.PersonId && now.UnitId == then.UnitId && now.Can(Permissions.Read)
            && (now.Units is null ? then.Units is null : then.Units is not null && now.Units.ToHashSet().SetEquals(then.Units));

        /// <summary>False at the end of the stream, however it came.</summary>
        private static async Task<(bool, string?)> NextAsync(IAsyncEnumerator<string?> news)
        {
            try
            {
                return await news.MoveNextAsync() ? (true, news.Current) : (false, null);
            }
            catch (OperationCanceledException)
            {
                return (false, null);
            }
        }

        /// <summary>Null when the stream is ending.</summary>
        private async Task<string?> CountAsync(Actor actor, CancellationToken ct)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var counts = await scope.ServiceProvider.GetRequiredService<OrderCounters>().ReadAsync(actor, ct);
                return JsonSerializer.Serialize(counts, JsonSerializerOptions.Web);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }
}
