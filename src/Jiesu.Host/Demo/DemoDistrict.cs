using System.Diagnostics;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Events;

namespace Jiesu.Host.Demo;

/// <summary>演示区: a district with sixty days of orders, all written through the same guard as life's own.</summary>
internal sealed class DemoDistrict(IServiceProvider services, ShiftedClock clock)
{
    private const int Seed = 20261125;
    private const int Writers = 3;

    /// <summary>Arrivals are drawn to the second; this sets them apart by milliseconds, because the hands of several writers go to and fro in time and a number is made of its instant.</summary>
    private const int Spread = 7919;

    /// <summary>Fills an empty database; one that has orders is left as it is.</summary>
    public async Task<int> FillAsync(int count, CancellationToken ct)
    {
        var present = clock.GetUtcNow();
        var (cast, scenes, day) = await PrepareAsync(ct);
        var complaints = Complaint.ReadAll().Where(c => day.FindClass(c.Class) is not null).ToList();
        var arrivals = new Arrivals(complaints, scenes, present).Draw(count, Seed);
        var watch = Stopwatch.StartNew();
        var written = 0;
        using var pace = new Pace(arrivals.Count, Writers);
        await Task.WhenAll(arrivals.Select(async (arrival, i) =>
        {
            try
            {
                var history = new History(services.GetRequiredService<IServiceScopeFactory>(), pace, cast, clock, present, new Random(Seed + i));
                await history.WriteAsync(arrival.Draft, arrival.At.AddMilliseconds(-(i * Spread % 60_000)), () => Lead(arrival.Draft, cast, day), ct);
            }
            finally
            {
                pace.Leave();
            }

            var done = Interlocked.Increment(ref written);
            if (done % 1000 == 0)
            {
                Console.WriteLine($"  已生成 {done}/{count} 件工单（{watch.Elapsed.TotalSeconds:F0} 秒）");
            }
        }));
        clock.Now = null;
        Console.WriteLine($"  工单已写入（{watch.Elapsed.TotalSeconds:F0} 秒），正在整理索引与统计……");
        await services.GetRequiredService<OutboxDelivery>().DrainAsync(ct);
        Console.WriteLine($"  索引与统计已整理（{watch.Elapsed.TotalSeconds:F0} 秒），正在训练分类模型……");
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IModelTraining>().TrainAsync(ct);
        return written;
    }

    /// <summary>The unit that the directory names first; the street of the place when it is silent.</summary>
    private static Guid? Lead(NewOrder draft, Cast cast, CatalogueDay day)
    {
        var named = day.Units(day.FindClass(draft.ClassL3)?.Code, draft.Town, draft.Content!).FirstOrDefault(u => u.Role == "lead")?.UnitCode;
        return (cast.Units.Find(named) is { Kind: not UnitKind.Centre } unit ? unit : cast.Units.Find(draft.Town))?.Id;
    }

    private async Task<(Cast Cast, IReadOnlyList<Scene> Scenes, CatalogueDay Day)> PrepareAsync(CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var units = await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(ct);
        var day = await scope.ServiceProvider.GetRequiredService<ICatalogue>().GetAsync(ct);
        var people = await scope.ServiceProvider.GetRequiredService<IDemoAccounts>().PeopleAsync(ct);
        var towns = day.Places.Where(p => p.ParentCode is null).ToDictionary(p => p.Code);
        var random = new Random(Seed);
        var scenes = day.Places.Where(p => p.ParentCode is not null && towns.ContainsKey(p.ParentCode))
            .Select(p => Scene.At(p.ParentCode!, towns[p.ParentCode!].Name, p.Code, p.Name, random)).ToList();
        return (new Cast(services.GetRequiredService<Modules>(), units, people), scenes, day);
    }
}
