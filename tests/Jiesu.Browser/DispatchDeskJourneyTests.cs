using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>The dispatch desk from the keyboard: move, choose, send, take back.</summary>
public sealed class DispatchDeskJourneyTests(District district) : Journey(district)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dispatcher_moves_chooses_sends_and_takes_back_without_the_mouse()
    {
        var (first, second) = (await GivenWaitingAsync("西罗园小区井盖塌陷"), await GivenWaitingAsync("芳城园三区路灯不亮"));
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var desk = await OpenAsync(pages, $"/orders/desk?order={first}");
                await desk.Keyboard.PressAsync("j");
                await ShowsAsync(desk, second);
                await desk.Keyboard.PressAsync("k");
                await ShowsAsync(desk, first);

                await KeysStayQuietAsync(desk, first);
                await desk.Keyboard.PressAsync("1");
                var lead = await desk.Locator("#desk-form .desk-unit").First.GetAttributeAsync("value");
                Assert.Equal(lead, "lead:" + await desk.Locator("#lead").InputValueAsync());

                await TakesAPhraseAsync(desk);
                await desk.Keyboard.PressAsync("n");
                await desk.Keyboard.TypeAsync("jk 请尽快");
                await desk.Keyboard.PressAsync("Escape");
                await desk.Keyboard.PressAsync("j");
                await ShowsAsync(desk, second);
                Assert.Equal("", await desk.Locator("#note").InputValueAsync());
                await desk.Keyboard.PressAsync("k");
                await ShowsAsync(desk, first);
                await Assertions.Expect(desk.Locator("#note")).ToHaveValueAsync("jk 请尽快");

                await desk.Keyboard.PressAsync("n");
                await desk.Keyboard.PressAsync("Control+Enter");
                await ShowsAsync(desk, second);
                await Assertions.Expect(desk.Locator(".desk-held")).ToContainTextAsync("即将派发");
                Assert.Equal("", await desk.Locator("#note").InputValueAsync());
                await desk.Keyboard.PressAsync("u");
                await ShowsAsync(desk, first);
                await Assertions.Expect(desk.Locator("#note")).ToHaveValueAsync("jk 请尽快");
                await Assertions.Expect(desk.Locator(".desk-held")).ToHaveCountAsync(0);

                await desk.Keyboard.PressAsync("Enter");
                await ShowsAsync(desk, second);
                await ShouldBeAccessibleAsync(desk);
                await Assertions.Expect(desk.Locator(".desk-held")).ToHaveCountAsync(0, new() { Timeout = 25_000 });
                await ShowsAsync(desk, second);
                await desk.GotoAsync($"/orders/{first}");
                await Assertions.Expect(desk.Locator(".page-head .badge").First).ToHaveTextAsync("待签收");
            },
            pages);
    }

    [Theory, InlineData(1366), InlineData(390)]
    public async Task The_panes_fit_the_screen_and_can_be_read_by_everyone(int width)
    {
        var order = await GivenWaitingAsync("太平桥路占道经营");
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var desk = await OpenAsync(pages, $"/orders/desk?order={order}", width);
                await ShowsAsync(desk, order);
                await ShouldFitAsync(desk);
                await ShouldBeAccessibleAsync(desk);
                await desk.Locator(".desk-unit").First.ClickAsync();
                await Assertions.Expect(desk.Locator(".desk-unit").First).ToHaveAttributeAsync("aria-pressed", "true");
                await ShouldFitAsync(desk);
            },
            pages);
    }

    /// <summary>A phrase for the note, filled with the order and with the unit that was chosen; the help of keys names the key.</summary>
    private static async Task TakesAPhraseAsync(IPage desk)
    {
        var picker = desk.Locator(".phrase-picker select");
        await desk.Keyboard.PressAsync("p");
        await Assertions.Expect(picker).ToBeFocusedAsync();
        await desk.Keyboard.PressAsync("Enter");
        var note = desk.Locator("#note");
        await Assertions.Expect(note).ToBeFocusedAsync();
        var unit = await desk.Locator("#desk-form .desk-unit b").First.TextContentAsync();
        await Assertions.Expect(note).ToHaveValueAsync(new Regex($"^请{Regex.Escape(unit!)}核实.*反映的问题"));
        await note.FillAsync("");
        await desk.Keyboard.PressAsync("Escape");
        await desk.Keyboard.PressAsync("?");
        await Assertions.Expect(desk.Locator("#shortcuts")).ToContainTextAsync("常用语");
        await desk.Keyboard.PressAsync("Escape");
        await Assertions.Expect(desk.Locator("dialog[open]")).ToHaveCountAsync(0);
    }

    /// <summary>An input method that composes and a field have their keys for themselves.</summary>
    private static async Task KeysStayQuietAsync(IPage desk, string order)
    {
        await desk.EvaluateAsync("() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', isComposing: true, bubbles: true }))");
        await desk.EvaluateAsync("() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', keyCode: 229, bubbles: true }))");
        await desk.Keyboard.PressAsync("/");
        Assert.True(await desk.EvaluateAsync<bool>("() => document.querySelector('#lead').tomselect.control_input === document.activeElement"));
        await desk.Keyboard.PressAsync("j");
        await desk.Keyboard.PressAsync("Escape");
        await desk.Keyboard.PressAsync("Escape");
        await ShowsAsync(desk, order);
    }

    private static async Task ShowsAsync(IPage desk, string order)
    {
        await Assertions.Expect(desk.Locator("#desk-form")).ToHaveAttributeAsync("data-order", order);
        await Assertions.Expect(desk.Locator("#desk .htmx-request")).ToHaveCountAsync(0);
        await desk.WaitForFunctionAsync("() => document.querySelector('#lead')?.tomselect");
    }

    private async Task<IPage> OpenAsync(List<IPage> pages, string url, int width = 1366)
    {
        var page = await AsAsync("DP", width: width);
        pages.Add(page);
        await page.GotoAsync(url);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-island=desk-keys]')?.dataset.mounted === 'done' && document.querySelector('#lead')?.tomselect");
        return page;
    }

    /// <summary>An accepted order, urgent, so that it stands at the head of the queue; by its id.</summary>
    private async Task<string> GivenWaitingAsync(string title)
    {
        using var client = new HttpClient { BaseAddress = new Uri(District.Address) };
        var machine = District.Accounts.GetProperty("clients")[0];
        var unit = District.Accounts.GetProperty("users").EnumerateArray().First(u => Text(u, "role") == "DP").GetProperty("unit").GetString();
        using var asked = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", Text(machine, "clientId")), new("client_secret", Text(machine, "clientSecret"))]);
        var token = await (await client.PostAsync(new Uri("/connect/token", UriKind.Relative), asked, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(token, "access_token"));
        client.DefaultRequestHeaders.Add("X-Acting-Role", "DP");
        client.DefaultRequestHeaders.Add("X-Acting-Unit", unit);
        var made = await SendAsync(client, "/api/v1/orders", new { title, content = $"诉求人反映：{title}，希望尽快处置。", channel = "电话", urgency = "2小时" }, null);
        await SendAsync(client, $"/api/v1/orders/{Text(made, "id")}/actions/accept", new { }, made.GetProperty("version").GetInt32());
        return Text(made, "id");
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string url, object body, int? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        if (version is not null)
        {
            request.Headers.Add("If-Match", $"\"{version}\"");
        }

        var answer = await client.SendAsync(request, Ct);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
