using System.Diagnostics;
using Jiesu.Host.Demo;
using Jiesu.Identity.Contracts;

namespace Jiesu.Host.Commands;

/// <summary>demo: prepares the demo district where there is none yet, then serves it. A second start keeps all data.</summary>
internal static class DemoCommand
{
    private const int Orders = 5000;

    public static async Task<int> RunAsync(string[] args)
    {
        var watch = Stopwatch.StartNew();
        var count = Array.IndexOf(args, "--orders") is var i and >= 0 && i + 1 < args.Length && int.TryParse(args[i + 1], System.Globalization.CultureInfo.InvariantCulture, out var asked) ? asked : Orders;
        await PrepareAsync(args, count);
        Console.WriteLine($"演示区已就绪（{watch.Elapsed.TotalSeconds:F0} 秒）。");
        return await Serve.RunAsync(args);
    }

    private static async Task PrepareAsync(string[] args, int count)
    {
        var clock = new ShiftedClock();
        var builder = Composition.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["Jiesu:MayLoseLast"] = "true";    // until the district is filled; serving begins with a builder of its own
        builder.Services.AddSingleton<TimeProvider>(clock);
        await using var app = Composition.Build(builder);
        var isNew = await IsNewAsync(app.Services);
        await Migrate.ApplyAsync(app.Services, CancellationToken.None);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var address = (builder.Configuration["urls"] ?? "http://127.0.0.1:5080").Split(';')[0];
            var accounts = await scope.ServiceProvider.GetRequiredService<IDemoAccounts>().EnsureAsync(new Uri(address), CancellationToken.None);
            Console.WriteLine($"地址：{address}");
            Console.WriteLine($"演示账号与口令：{accounts}");
        }

        if (isNew && count > 0)
        {
            Console.WriteLine($"正在生成 {count} 件演示工单……");
            await new DemoDistrict(app.Services, clock).FillAsync(count, CancellationToken.None);
        }
    }

    /// <summary>Orders are written only into a database that did not exist before.</summary>
    private static async Task<bool> IsNewAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await Jiesu.Platform.Schema.StateAsync(scope.ServiceProvider.GetRequiredService<Jiesu.Platform.JiesuDb>(), CancellationToken.None) == Jiesu.Platform.SchemaState.Older;
    }
}
