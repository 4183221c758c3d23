using Jiesu.Platform;

namespace Jiesu.Host.Commands;

/// <summary>serve: answers requests until it is told to stop; then finishes what it began.</summary>
internal static class Serve
{
    private const int WrongSchema = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Composition.CreateBuilder(args);
        if (builder.Configuration.GetValue("Jiesu:Background", true))
        {
            builder.Services.AddPlatformBackground(builder.Configuration);
            Composition.Modules().AddBackground(builder.Services);
        }

        await using var app = Composition.Build(builder);
        if (builder.Configuration.GetValue("Jiesu:CheckSchema", true) && await RefusesAsync(app) is { } why)
        {
            await Console.Error.WriteLineAsync(why);
            return WrongSchema;
        }

        await app.RunAsync();
        return 0;
    }

    /// <summary>Why this database must not be used by this program; null when all is well.</summary>
    public static async Task<string?> RefusesAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return Why(await Schema.StateAsync(scope.ServiceProvider.GetRequiredService<JiesuDb>(), CancellationToken.None));
    }

    public static string? Why(SchemaState state) => state switch
    {
        SchemaState.Older => "数据库比程序旧。请先备份，再运行 migrate 升级数据库，然后重新启动。",
        SchemaState.Newer => "数据库比程序新，本程序不能使用它。请改用新版程序，或恢复与本程序相配的备份。",
        SchemaState.Equal => null,
    };
}
