using Jiesu.Identity.Contracts;
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
        await ShowFirstAdministratorsAsync(app.Services);
        return 0;
    }

    /// <summary>A fresh installation has no other way in (SEC-01): shown once, good for one sign-in.</summary>
    private static async Task ShowFirstAdministratorsAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var first in await scope.ServiceProvider.GetRequiredService<IFirstAdministrators>().EnsureAsync(CancellationToken.None))
        {
            Console.WriteLine($"{first.RoleName}：登录名 {first.Login}，一次性口令 {first.OneTimePassword}（{first.Until.ToBeijing():yyyy-MM-dd HH:mm} 前有效，首次登录须修改）");
        }
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
