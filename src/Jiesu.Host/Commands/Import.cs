using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Host.Commands;

/// <summary>
/// import FILE: puts a file into the queue and works on it, or watches the server do so. Stopped half way, the server goes on with it, or the next start does.
/// Acts as the house itself for the Centre: whoever may start the program on the server may read its database.
/// </summary>
internal static class Import
{
    private const int Refused = 1;
    private const int Misused = 2;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.FirstOrDefault() is not { } path || path.StartsWith('-') || !File.Exists(path))
        {
            await Console.Error.WriteLineAsync("用法：import 文件路径 [--mapping JSON] [--template 名称]");
            return Misused;
        }

        var builder = Composition.CreateBuilder([]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = Composition.Build(builder);
        if (await Serve.RefusesAsync(app) is { } why)
        {
            await Console.Error.WriteLineAsync(why);
            return Refused;
        }

        await using var scope = app.Services.CreateAsyncScope();
        var imports = scope.ServiceProvider.GetRequiredService<IImports>();
        await using var file = File.OpenRead(path);
        var centre = (await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(CancellationToken.None)).Centre;
        var house = new Actor(Guid.Empty, centre.Id, "", new HashSet<string>());
        var begun = await imports.BeginAsync(file, Path.GetFileName(path), new(Option(args, "--mapping"), Option(args, "--template")), house, CancellationToken.None);
        if (begun.Error is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return Refused;
        }

        return Tell(await FinishAsync(imports, begun.Value));
    }

    private static async Task<ImportView> FinishAsync(IImports imports, ImportView import)
    {
        var line = new Line(import.Total);
        while (import.EndedAt is null)
        {
            var before = import.Done;
            import = await imports.WorkAsync(import.Id, line, CancellationToken.None);
            line.Report(import.Done);
            if (import.EndedAt is null && import.Done == before)
            {
                await Task.Delay(Wait);    // the server has it
            }
        }

        return import;
    }

    private static int Tell(ImportView import)
    {
        Console.WriteLine();
        Console.WriteLine($"共 {import.Total} 行：登记 {import.Imported}，重复 {import.Duplicates}，错误 {import.Failed}。");
        foreach (var error in import.Errors)
        {
            Console.WriteLine($"  第 {error.Row} 行：{error.Message}");
        }

        if (import.Problem is { } problem)
        {
            Console.Error.WriteLine(problem);
            return Refused;
        }

        return 0;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is var i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;

    /// <summary>进度行, written over itself.</summary>
    private sealed class Line(int total) : IProgress<int>
    {
        public void Report(int value) => Console.Write($"\r已处理 {value} / {total} 行（{(total == 0 ? 100 : 100L * value / total)}%）");
    }
}
