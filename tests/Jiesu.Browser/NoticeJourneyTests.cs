using System.Text.Json;
using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>What a person is told: behind the bell, and on a telephone while no page is open.</summary>
public sealed class NoticeJourneyTests(District district) : Journey(district)
{
    [Theory, InlineData(1366), InlineData(390)]
    public async Task A_clerk_reads_notices_and_says_when_not_to_be_disturbed(int width)
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var clerk = await AsAsync("UC", width: width);
                pages.Add(clerk);
                await clerk.GotoAsync("/notices");
                await ShouldFitAsync(clerk);
                await ShouldBeAccessibleAsync(clerk);
                await clerk.GetByRole(AriaRole.Link, new() { Name = "通知设置" }).ClickAsync();
                await ShouldFitAsync(clerk);
                await ShouldBeAccessibleAsync(clerk);

                await clerk.FillAsync("#quietFrom", "21:30");
                await clerk.FillAsync("#mobile", "123");
                await clerk.ClickAsync("form.panel button[data-kind=primary]");
                await Assertions.Expect(clerk.Locator("#mobile-problem")).ToContainTextAsync("11 位手机号");
                await Assertions.Expect(clerk.Locator("#quietFrom")).ToHaveValueAsync("21:30");
                await clerk.FillAsync("#mobile", "13900001234");
                await clerk.ClickAsync("form.panel button[data-kind=primary]");
                await Assertions.Expect(clerk.Locator("#mobile")).ToHaveAttributeAsync("placeholder", "139****1234");
                await Assertions.Expect(clerk.Locator("#quietFrom")).ToHaveValueAsync("21:30");
            },
            pages);
    }

    [Fact]
    public async Task What_is_pushed_is_shown_in_the_words_of_the_house()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var page = await AsAsync("UC");
                pages.Add(page);
                await page.Context.GrantPermissionsAsync(["notifications"]);
                await page.GotoAsync("/notices/settings");
                await Assertions.Expect(page.Locator("form[data-island=push] button")).ToBeEnabledAsync();
                var devTools = await page.Context.NewCDPSessionAsync(page);
                var registered = new TaskCompletionSource<string>();
                devTools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, e) =>
                {
                    if (e!.Value.GetProperty("registrations").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first)
                    {
                        registered.TrySetResult(first.GetProperty("registrationId").GetString()!);
                    }
                };
                await devTools.SendAsync("ServiceWorker.enable");
                await page.EvaluateAsync("async () => { const r = await navigator.serviceWorker.register('/dist/push.js'); while (!r.active) await new Promise((go) => setTimeout(go, 50)); }");
                await devTools.SendAsync("ServiceWorker.deliverPushMessage", new()
                {
                    ["origin"] = District.Address.TrimEnd('/'),
                    ["registrationId"] = await registered.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken),
                    ["data"] = """{"title":"接诉·待签收","body":"工单 FT-1","url":"/orders/1","tag":"t1"}""",
                });

                await page.WaitForFunctionAsync("async () => (await (await navigator.serviceWorker.getRegistration('/dist/')).getNotifications()).length > 0");
                Assert.Equal(
                    "接诉·待签收|工单 FT-1|/orders/1",
                    await page.EvaluateAsync<string>("async () => (await (await navigator.serviceWorker.getRegistration('/dist/')).getNotifications()).map((n) => `${n.title}|${n.body}|${n.data}`).join()"));
            },
            pages);
    }
}
