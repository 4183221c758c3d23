using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Jiesu.Running;

/// <summary>The real program in a process of its own, as an operator would start it, with a demo district and a data folder that goes with it. Benchmarks, journeys and fault tests compile this one file.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly bool _isOurs;
    private Process? _process;

    private RunningHost(string? main, string? folder, IReadOnlyDictionary<string, string> settings) =>
        (Main, _isOurs, DataFolder, _settings) = (main, folder is null, folder ?? Directory.CreateTempSubdirectory("jiesu-running-").FullName, settings);

    public int Pid => _process!.Id;
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");
    public string DataFolder { get; }

    /// <summary>Connection string; null for SQLite in the data folder.</summary>
    public string? Main { get; }

    /// <param name="orders">How many demo orders a fresh district gets.</param>
    /// <param name="folder">Its data folder, which stays; null for one that goes with it.</param>
    /// <param name="settings">Further settings, as the environment names them.</param>
    public static async Task<RunningHost> StartAsync(string? main, int orders = 0, string? folder = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var host = new RunningHost(main, folder, settings ?? new Dictionary<string, string>());
        await host.LaunchAsync("demo", "--orders", $"{orders}");
        return host;
    }

    /// <summary>Another node over the same database and data folder.</summary>
    public async Task<RunningHost> JoinAsync()
    {
        var node = new RunningHost(Main, DataFolder, _settings);
        await node.LaunchAsync();
        return node;
    }

    /// <summary>SIGSTOP: it stands still with all it has in hand, until it goes on.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Starts it again over what it left.</summary>
    public Task LaunchAsync() => LaunchAsync("serve");

    /// <summary>kill -9: nothing is said, nothing is finished.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Whom the demo district has: logins, passwords, clients.</summary>
    public async Task<JsonElement> AccountsAsync() =>
        JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(DataFolder, "demo", "accounts.json")));

    /// <summary>The first person who has this role.</summary>
    public async Task<(string Login, string Password, string Unit)> AccountAsync(string role)
    {
        var account = (await AccountsAsync()).GetProperty("users").EnumerateArray().First(u => u.GetProperty("role").GetString() == role);
        return (account.GetProperty("login").GetString()!, account.GetProperty("password").GetString()!, account.GetProperty("unit").GetString()!);
    }

    /// <summary>A client that acts in this role at the unit of the first account that has it.</summary>
    public async Task<HttpClient> SignInAsync(string role)
    {
        var machine = (await AccountsAsync()).GetProperty("clients")[0];
        var (_, _, unit) = await AccountAsync(role);
        var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = Address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = machine.GetProperty("clientId").GetString()!,
            ["client_secret"] = machine.GetProperty("clientSecret").GetString()!,
        });
        var answer = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.DefaultRequestHeaders.Add("X-Acting-Role", role);
        client.DefaultRequestHeaders.Add("X-Acting-Unit", unit);
        return client;
    }

    /// <summary>Waits until every event has been delivered.</summary>
    public async Task DrainAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (!(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n').Any(line => line.StartsWith("jiesu_outbox_pending", StringComparison.Ordinal) && line.Split(' ')[1] == "0"))
        {
            await Task.Delay(200);
        }
    }

    public long ResidentMegabytes() => Process.GetProcessById(Pid).WorkingSet64 / (1024 * 1024);

    /// <summary>Asks it to end, as an operator would, and clears away what it left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null && IsAlive(_process))
        {
            await Process.Start("kill", ["-TERM", $"{Pid}"]).WaitForExitAsync();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (_isOurs)
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }

    /// <summary>Waits until it is ready.</summary>
    private async Task LaunchAsync(params IEnumerable<string> verb)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Jiesu.Host.dll"), .. verb]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority);
        start.Environment["Jiesu__DataFolder"] = DataFolder;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        if (Main is not null)
        {
            start.Environment["ConnectionStrings__Main"] = Main;
        }

        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        var (output, errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        if (!await IsReadyAsync())
        {
            _process.Kill();
            throw new InvalidOperationException($"The program did not start.\n{await output}\n{await errors}");
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && !_process!.HasExited;)
        {
            try
            {
                if ((await client.GetAsync(new Uri("/healthz/ready", UriKind.Relative))).IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // still starting
            }

            await Task.Delay(100);
        }

        return false;
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Pid}"]);
        await kill.WaitForExitAsync();
    }

    private static bool IsAlive(Process process)
    {
        try
        {
            return !process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false;    // killed and let go
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
