using Jiesu.Identity.Contracts;

namespace Jiesu.Host.Commands;

/// <summary>audit verify FILE: needs only the exported file; ends 0 when its chain is whole.</summary>
internal static class Audit
{
    private const int Broken = 1;
    private const int Misused = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["verify", var file] || !File.Exists(file))
        {
            await Console.Error.WriteLineAsync("用法：audit verify 文件路径");
            return Misused;
        }

        await using var stream = File.OpenRead(file);
        if (await AuditFile.VerifyAsync(stream) is { } fault)
        {
            await Console.Error.WriteLineAsync($"审计文件不完整或被改动，第一处：{fault}");
            return Broken;
        }

        Console.WriteLine("审计文件完整，未被改动。");
        return 0;
    }
}
