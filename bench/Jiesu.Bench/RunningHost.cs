using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Jiesu.Bench;

/// <summary>The real program in a process of its own, with an empty demo district and a machine client that is signed in.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _isOurs;
    private readonly string _address = $"http://127.0.0.1:{Random.Shared.Next(20000, 40000)}";
    private Process? _process;

    private RunningHost(string? folder) => (_isOurs, _folder) = (folder is null, folder ?? Directory.CreateTempSubdirectory("jbench-data-").FullName);

    public int Pid => _process!.Id;
    public Uri Address => new(_address);
    public string DataFolder => _folder;
    public string? Main { get; private init; }

    /// <summary>Which database the host uses; null for SQLite in its own folder.</summary>
    /// <param name="folder">Its data folder, which stays; null for one that goes with it.</param>
    public static async Task<RunningHost> StartAsync(string? main, int orders = 0, string? folder = null)
    {
        var host = new RunningHost(folder) { Main = main };
        await host.LaunchAsync(orders);
        return host;
    }

    public async Task LaunchAsync(int orders)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Jiesu.Host.dll"), "demo", "--orders", $"{orders}"]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = _address;
        start.Environment["Jiesu__DataFolder"] = _folder;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        if (Main is not null)
        {
            start.Environment["ConnectionStrings__Main"] = Main;
        }

        _process = Process.Start(start)!;
        _ = _process.StandardOutput.ReadToEndAsync();
        using var client = new HttpClient();
        for (var i = 0; ; i++)
        {
            try
            {
                if ((await client.GetAsync(new Uri(Address, "/healthz/ready"))).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (i < 1200)
            {
                // still starting
            }

            await Task.Delay(250);
        }
    }

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

    private async Task<JsonElement> AccountsAsync() => JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(_folder, "demo", "accounts.json")));

    public async ValueTask DisposeAsync()
    {
        await Process.Start("kill", ["-TERM", $"{Pid}"]).WaitForExitAsync();
        await _process!.WaitForExitAsync();
        _process.Dispose();
        if (_isOurs)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
