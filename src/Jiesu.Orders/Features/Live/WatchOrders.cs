using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
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

    /// <summary>A burst of changes is counted once in this time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/counts", GetAsync).RequireAuthorization(Permissions.Read);

    public static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet("/live", Watch).RequireAuthorization(Permissions.Read).ExcludeFromDescription();

    private static async Task<Ok<OrderCounters.Counts>> GetAsync(OrderCounters counters, Actor actor, CancellationToken ct) =>
        TypedResults.Ok(await counters.ReadAsync(actor, ct));

    private static ServerSentEventsResult<string> Watch(Stream stream, Actor actor, HttpContext http)
    {
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        return TypedResults.ServerSentEvents(stream.ReadAsync(actor, http.RequestAborted));
    }

    /// <summary>Each look at the database has a scope of its own: the stream lives for hours.</summary>
    internal sealed class Stream(LiveHub hub, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        public async IAsyncEnumerable<SseItem<string>> ReadAsync(Actor actor, [EnumeratorCancellation] CancellationToken ct)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
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
                await next;                                                 // an enumerator may not be left with a step under way
                await news.DisposeAsync();
            }
        }

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
