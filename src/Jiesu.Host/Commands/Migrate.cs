using Jiesu.Platform;

namespace Jiesu.Host.Commands;

/// <summary>migrate: creates or upgrades the database and brings the tables that every installation needs; safe to repeat, on several nodes at once.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Composition.Build(Composition.CreateBuilder(args));
        await ApplyAsync(app.Services, CancellationToken.None);
        Console.WriteLine("数据库已是最新。");
        return 0;
    }

    public static async Task ApplyAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await Schema.MigrateAsync(scope.ServiceProvider.GetRequiredService<JiesuDb>(), ct);
        foreach (var seed in scope.ServiceProvider.GetServices<ISeed>())
        {
            await seed.SeedAsync(ct);
        }
    }
}
