using System.Globalization;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Host.Commands;

/// <summary>selfcheck: looks whether the installation is whole; one line a check, ends 0 when all pass. Changes nothing, and may run beside the service.</summary>
internal static class SelfCheck
{
    private const int Failed = 1;
    private const string Thorough = "--all";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Composition.CreateBuilder([.. args.Where(a => a != Thorough)]);
        builder.Logging.ClearProviders();    // the lines are for a person
        var folder = LookAtFolder(builder.Configuration["Jiesu:DataFolder"] ?? "var");
        if (!Tell("数据目录", folder))
        {
            return Failed;
        }

        await using var app = Composition.Build(builder);
        await using var scope = app.Services.CreateAsyncScope();
        var database = await LookAtDatabaseAsync(scope.ServiceProvider.GetRequiredService<JiesuDb>());
        if (!Tell("数据库", database))
        {
            return Failed;
        }

        var failed = Tell("时钟", await LookAtClockAsync(scope.ServiceProvider.GetRequiredService<ClockOffset>())) ? 0 : 1;
        foreach (var check in scope.ServiceProvider.GetServices<ISelfCheck>())
        {
            failed += Tell(check.Name, await LookAsync(check, args.Contains(Thorough))) ? 0 : 1;
        }

        Console.WriteLine(failed == 0 ? "自检通过。" : $"自检不通过：{failed} 项。");
        return failed == 0 ? 0 : Failed;
    }

    /// <summary>A check that breaks down has not passed, whatever broke it; the others still tell what they know.</summary>
    private static async Task<CheckResult> LookAsync(ISelfCheck check, bool isThorough)
    {
        try
        {
            return await check.RunAsync(isThorough, CancellationToken.None);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new("", $"检查未能完成（{e.GetType().Name}）。请查看服务日志后重试。");
        }
    }

    private static CheckResult LookAtFolder(string folder)
    {
        var probe = Path.Combine(folder, $".selfcheck-{Guid.CreateVersion7():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new($"{Path.GetFullPath(folder)} 可写，剩余 {new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace >> 20} MiB");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("", $"{Path.GetFullPath(folder)} 不能写入（{e.GetType().Name}）。请核对 Jiesu:DataFolder、目录权限和磁盘空间。");
        }
    }

    private static async Task<CheckResult> LookAtDatabaseAsync(JiesuDb db)
    {
        var kind = db.Database.IsSqlite() ? "SQLite" : "PostgreSQL";
        if (!await db.Database.CanConnectAsync())
        {
            return new("", $"{kind} 不能连接。请核对 ConnectionStrings:Main 和数据库服务；新安装请先运行 migrate。");
        }

        var why = Serve.Why(await Schema.StateAsync(db, CancellationToken.None));
        return new($"{kind}，结构与程序一致", why is null ? [] : [why]);
    }

    /// <summary>As this machine runs; a node on another machine is looked at there.</summary>
    private static async Task<CheckResult> LookAtClockAsync(ClockOffset clock)
    {
        if (await clock.MeasureAsync(CancellationToken.None) is not { } offset)
        {
            return new("SQLite 在本机运行，没有另外的时钟可比");
        }

        var told = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(offset.TotalSeconds):0.0} 秒");
        return new($"与数据库时钟相差 {told}", ClockOffset.IsTooMuch(offset) ? [$"与数据库时钟相差 {told}，应在 1 秒以内。请检查本机和数据库服务器的时间同步。"] : []);
    }

    /// <summary>True when it passed.</summary>
    private static bool Tell(string name, CheckResult result)
    {
        Console.WriteLine(result.IsPassed ? $"通过　　{name}：{result.Remark}" : string.Join('\n', result.Faults.Select(f => $"不通过　{name}：{f}")));
        return result.IsPassed;
    }
}
