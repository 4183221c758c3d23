using System.Diagnostics;
using Npgsql;

namespace Jiesu.Tests.Faults;

/// <summary>A PostgreSQL of one test's own, which it may stop and start again; gone with the test process, even after kill -9.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private static int _count;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"jpo-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
    private Process? _process;

    /// <summary>With the settings of an operator who writes none.</summary>
    public string ConnectionString => $"Host={_folder};Username=postgres;Database=postgres;Maximum Pool Size=20";

    /// <summary>Starts it, the first time on an empty folder; ready when it returns.</summary>
    public async Task StartAsync()
    {
        var bin = Directory.GetDirectories("/usr/lib/postgresql").OrderBy(d => int.Parse(Path.GetFileName(d), System.Globalization.CultureInfo.InvariantCulture)).Last() + "/bin";
        var script = $$"""
            set -e; test -e "$1/data" || {{bin}}/initdb -D "$1/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
            {{bin}}/postgres -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c full_page_writes=off >>"$1/log" 2>&1 </dev/null &
            pid=$!; trap '' INT HUP TERM; cat >/dev/null || true
            kill -QUIT $pid 2>/dev/null; wait $pid || true
            """;
        string[] user = [];
        if (!Directory.Exists(_folder))
        {
            Directory.CreateDirectory(_folder);
            if (Environment.UserName == "root")
            {
                await Process.Start("chown", ["postgres", _folder])!.WaitForExitAsync();
            }
        }

        if (Environment.UserName == "root")
        {
            user = ["runuser", "-u", "postgres", "--"];
        }

        _process = Process.Start(new ProcessStartInfo("setsid", [.. user, "sh", "-c", script, "sh", _folder]) { RedirectStandardInput = true })!;
        for (var i = 0; i < 600 && !await AnswersAsync(); i++)
        {
            await Task.Delay(50);
        }
    }

    /// <summary>At once, as a crash would: nothing is finished, sessions are cut.</summary>
    public async Task StopAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;    // still starting
        }
    }
}
