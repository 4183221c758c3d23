using System.Text.Json;
using Jiesu.Running;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Jiesu.Browser.District))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Jiesu.Browser;

/// <summary>The demo district, running as a user would start it, and a Chromium to look at it with; one for all journeys.</summary>
public sealed class District : IAsyncLifetime
{
    private const int Orders = 150;
    private RunningHost? _host;
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;
    public JsonElement Accounts { get; private set; }
    public string Address => _host!.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.StartAsync(main: null, Orders);
        Accounts = await _host.AccountsAsync();
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
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
