using Jiesu.Platform.Events;
using Jiesu.Platform.Jobs;
using Jiesu.Platform.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Jiesu.Platform;

/// <summary>What the ground floor offers to every module.</summary>
public static class PlatformServices
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration settings)
    {
        var main = settings.GetConnectionString("Main");
        var folder = settings["Jiesu:DataFolder"] ?? "var";
        var (mayLoseLast, isPooled) = (settings.GetValue("Jiesu:MayLoseLast", false), settings.GetConnectionString("Direct") is not null);
        services.AddDbContextPool<JiesuDb>((sp, o) => o.UseJiesu(main, folder, mayLoseLast, isPooled).WithHouse(sp));
        services.AddSingleton<WriterGate>().AddSingleton<OutboxBell>().AddSingleton<OutboxDelivery>().AddSingleton<LiveHub>().AddSingleton<JobRunner>().AddSingleton<ClockOffset>()
            .AddSingleton<Sequences>().AddScoped<Announcements>().AddScoped<Idempotency>();
        services.TryAddSingleton<ISmsGateway, NoSmsGateway>();
        if (JiesuDbOptions.IsPostgres(main))
        {
            services.AddSingleton(_ => NpgsqlDataSource.Create(settings.GetConnectionString("Direct") ?? main!))
                .AddSingleton(sp => new Lazy<LiveHub>(sp.GetRequiredService<LiveHub>))
                .AddSingleton<PostgresRelay>()
                .AddSingleton<ILiveRelay>(sp => sp.GetRequiredService<PostgresRelay>());
        }

        return services;
    }

    /// <summary>What works while nobody asks: the outbox, the jobs, the eye on the clock, the ear to other nodes. The web server has it, commands and tests do without.</summary>
    public static IServiceCollection AddPlatformBackground(this IServiceCollection services, IConfiguration settings)
    {
        services.AddHostedService<OutboxSender>().AddHostedService(sp => sp.GetRequiredService<JobRunner>()).AddHostedService<ClockWatch>();
        return JiesuDbOptions.IsPostgres(settings.GetConnectionString("Main"))
            ? services.AddHostedService(sp => sp.GetRequiredService<PostgresRelay>())
            : services;
    }
}
