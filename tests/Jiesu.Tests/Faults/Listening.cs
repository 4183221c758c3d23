using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Faults;

/// <summary>The n-th thing that happened to something; tests put it into the outbox.</summary>
[EventName("tests.counted")]
internal sealed record Counted(Guid EventId, DateTimeOffset At, string Of, int Number) : IEvent;

/// <summary>A module that listens in the database: how far it has heard of each stream. What comes twice or out of order is a fault.</summary>
internal sealed class Listening : IModule
{
    public static IReadOnlyList<Subscription> Handlers => [Subscription.Of<Counted, Listener>("tests.listen")];

    public static void AddServices(IServiceCollection services) { }

    public static void AddTo(IServiceCollection services) => services.AddSingleton(new Modules().Add<Listening>()).AddSingleton(new Ear());

    public static string NameOf(string stream) => $"heard/{stream}";

    /// <summary>So many events in each of these streams wait for delivery.</summary>
    public static Task GivenEventsAsync(TestApp app, IEnumerable<string> streams, int each) => app.InDbAsync(async db =>
    {
        var at = app.Clock.GetUtcNow();
        db.AddRange(streams.SelectMany(s => Enumerable.Range(1, each).Select(n => OutboxMessage.From(new Numbered(s, n, new Counted(Guid.CreateVersion7(), at, s, n))))));
        return await db.SaveChangesAsync();
    });

    /// <summary>What a test lets the listener do.</summary>
    internal sealed class Ear
    {
        public Func<Counted, Exception?> Fault { get; set; } = _ => null;
        public int Tries;
    }

    internal sealed class Listener(JiesuDb db, Ear ear) : IEventHandler<Counted>
    {
        public async Task HandleAsync(IReadOnlyList<Counted> events, CancellationToken ct)
        {
            Interlocked.Increment(ref ear.Tries);
            foreach (var e in events)
            {
                if (ear.Fault(e) is { } fault)
                {
                    throw fault;
                }

                var heard = await db.Set<Sequence>().SingleOrDefaultAsync(s => s.Name == NameOf(e.Of), ct);
                if (heard is null)
                {
                    db.Add(heard = new Sequence { Name = NameOf(e.Of) });
                }

                heard.Next = heard.Next == e.Number - 1 ? e.Number : throw new InvalidOperationException($"{e.Of}: {e.Number} after {heard.Next}.");
            }
        }
    }
}
