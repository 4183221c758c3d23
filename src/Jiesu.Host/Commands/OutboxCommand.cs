using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Host.Commands;

/// <summary>outbox: shows the events that were put aside, or lets them go again once their cause is mended. May run beside the service.</summary>
internal static class OutboxCommand
{
    private const int Misused = 2;
    private const int MostShown = 100;

    public static async Task<int> RunAsync(string[] args)
    {
        var word = args.FirstOrDefault(a => !a.StartsWith('-'));
        if (word is not ("list" or "retry"))
        {
            await Console.Error.WriteLineAsync("用法：outbox list（列出搁置的事件）或 outbox retry（重新投递它们）。");
            return Misused;
        }

        var builder = Composition.CreateBuilder([.. args.Where(a => a != word)]);
        builder.Logging.ClearProviders();    // the lines are for a person
        await using var app = Composition.Build(builder);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        return word == "list" ? await ListAsync(db) : await RetryAsync(db);
    }

    private static async Task<int> ListAsync(JiesuDb db)
    {
        var aside = await db.Outbox.PutAside().AsNoTracking().Take(MostShown).ToListAsync();
        foreach (var message in aside)
        {
            Console.WriteLine($"{message.Id}　{message.Stream}　{message.Type}　试过 {message.Attempts} 次　{message.LastFault}");
        }

        Console.WriteLine($"共 {await db.Outbox.PutAside().CountAsync()} 个搁置的事件。");
        return 0;
    }

    private static async Task<int> RetryAsync(JiesuDb db)
    {
        var freed = await db.WriteAsync(() => db.Outbox.PutAside().ExecuteUpdateAsync(s => s.SetProperty(m => m.LockedUntil, 0).SetProperty(m => m.Attempts, 0)), CancellationToken.None);
        Console.WriteLine($"{freed} 个搁置的事件将重新投递。");
        return 0;
    }
}
