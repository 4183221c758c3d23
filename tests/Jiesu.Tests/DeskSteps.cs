using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Import;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests;

/// <summary>What tests of the desk do again and again.</summary>
internal static class DeskSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The house with a small catalogue, the Centre and the streets that are named; events are delivered when the test says so.</summary>
    public static async Task<TestApp> StartDeskAsync(Database database, params IEnumerable<string> streets)
    {
        var app = await TestApp.StartAsync(database, DeskRules.AddTo);
        await app.GivenDistrictAsync(
            [new(UnitCode.From("QZX"), "区中心", UnitKind.Centre, null), .. streets.Select(s => new UnitSeed(UnitCode.From(s), s, UnitKind.Street, null))]);
        return app;
    }

    /// <summary>Lets everything that waits in the outbox reach its handlers.</summary>
    public static Task<int> DeliverAsync(this TestApp app) => app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Ct);

    /// <summary>Lets every import that waits come to its end.</summary>
    public static async Task RunImportsAsync(this TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        while (await scope.ServiceProvider.GetRequiredService<JiesuDb>().Set<OrderImport>().AnyAsync(x => x.State == ImportState.Queued || x.State == ImportState.Running, Ct))
        {
            await ActivatorUtilities.CreateInstance<RunImports>(scope.ServiceProvider).RunAsync(Ct);
        }
    }

    public static Task<HttpResponseMessage> PostOrderAsync(this HttpClient client, string? key, object order) =>
        client.PostJsonAsync(key, JsonSerializer.Serialize(order));

    public static async Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string? key, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request, Ct);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>(Ct);

    public static async Task<JsonElement> ReadAsync(this HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>("/api/v1/" + path, Ct);

    /// <summary>Gives a unit a share of an order, as a dispatch does; only what lists and scope look at.</summary>
    public static Task GivenShareAsync(this TestApp app, string orderId, Guid unit) =>
        app.InDbAsync(async db =>
        {
            var order = await db.Set<WorkOrder>().SingleAsync(x => x.CaseNo == orderId || x.Title == orderId, Ct);
            db.Add(new Assignment { OrderId = order.Id, Round = 1, UnitId = unit, Role = AssignmentRole.Lead, AssignedAt = app.Clock.GetUtcNow() });
            db.Entry(order).Property(x => x.UnitId).CurrentValue = unit;
            db.Entry(order).Property(x => x.State).CurrentValue = OrderState.PendingSign;
            return await db.SaveChangesAsync(Ct);
        });
}
