using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Jiesu.Browser.District))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Jiesu.Browser;

/// <summary>The demo district, running as a user would start it, and a Chromium to look at it with; one for all journeys.</summary>
public sealed class District : IAsyncLifetime
{
    private const int Orders = 150;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("jiesu-browser-").FullName;
    private readonly string _address = $"http://127.0.0.1:{FreePort()}";
    private Process? _host;
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;
    public JsonElement Accounts { get; private set; }
    public string Address => _address;

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Jiesu.Host.dll"), "demo", "--orders", $"{Orders}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = _address;
        start.Environment["Jiesu__DataFolder"] = _folder;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _host = Process.Start(start)!;
        var output = _host.StandardOutput.ReadToEndAsync();
        var errors = _host.StandardError.ReadToEndAsync();
        if (!await IsReadyAsync())
        {
            _host.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The demo district did not start.\n{await output}\n{await errors}");
        }

        Accounts = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(_folder, "demo", "accounts.json")));
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.CloseAsync();
        }

        _playwright?.Dispose();
        if (_host is { HasExited: false })
        {
            await Process.Start("kill", ["-TERM", $"{_host.Id}"]).WaitForExitAsync();
            await _host.WaitForExitAsync();
        }

        _host?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_address) };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && !_host!.HasExited;)
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

            await Task.Delay(250);
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
