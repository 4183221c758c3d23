using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Jiesu.Bench;

/// <summary>A PostgreSQL of our own with everything that makes a commit durable switched on; gone with this process unless it is kept.</summary>
/// <param name="folder">Short, for the socket lies in it.</param>
/// <param name="isKept">The cluster is there the next time, too.</param>
internal sealed class PrivatePostgres(string folder, bool isKept) : IAsyncDisposable
{
    private readonly string _folder = folder;
    private Process? _process;

    public PrivatePostgres()
        : this(Path.Combine(Path.GetTempPath(), $"jbench-{Environment.ProcessId}"), isKept: false) { }

    public string ConnectionString => $"Host={_folder};Username=postgres;Database=jiesu;Maximum Pool Size=40;Max Auto Prepare=50;Auto Prepare Min Usages=2";
    public int Pid => _process!.Id;

    public async Task StartAsync()
    {
        var bin = Directory.GetDirectories("/usr/lib/postgresql").OrderBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)).Last() + "/bin";
        var script = $$"""
            set -e; test -e "$1/data" || {{bin}}/initdb -D "$1/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null
            {{bin}}/postgres -D "$1/data" -k "$1" -c listen_addresses= -c shared_buffers=512MB -c max_wal_size=4GB >"$1/log" 2>&1 </dev/null &
            pid=$!; trap '' INT HUP TERM; cat >/dev/null || true
            kill -INT $pid 2>/dev/null; wait $pid || true; {{(isKept ? "" : "rm -rf \"$1\"")}}
            """;
        Directory.CreateDirectory(_folder);
        string[] user = [];
        if (Environment.UserName == "root")
        {
            await Process.Start("chown", ["postgres", _folder])!.WaitForExitAsync();
            user = ["runuser", "-u", "postgres", "--"];
        }

        _process = Process.Start(new ProcessStartInfo("setsid", [.. user, "sh", "-c", script, "sh", _folder]) { RedirectStandardInput = true })!;
        for (var i = 0; !await CreatedAsync(); i++)
        {
            if (i > 200)
            {
                throw new InvalidOperationException("PostgreSQL did not start; see its log in " + _folder);
            }

            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private async Task<bool> CreatedAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection($"Host={_folder};Username=postgres;Database=postgres;Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("create database jiesu", connection);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            return true;
        }
        catch (NpgsqlException)
        {
            return false;    // still starting
        }
    }
}
