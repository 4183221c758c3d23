using System.Net;
using System.Net.Http.Json;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform.Files;
using Jiesu.Tests;
using Jiesu.Tests.Faults;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Intake;

/// <summary>REL-07, REL-18: what follows intake may fail; intake and what else follows do not.</summary>
public sealed class DegradedIntakeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task While_the_advice_is_down_orders_come_in_and_are_found(Database database)
    {
        await using var app = await TestApp.StartAsync(database, services =>
        {
            GivenRules.AddTo(services);
            services.AddSingleton<IOrderAdvisor>(new Away());
        });
        using var seat = app.As(Permissions.Create, Permissions.Read);

        for (var i = 0; i < 5; i++)
        {
            var made = await seat.ActAsync("orders", null, new { title = "路灯不亮", content = $"第 {i} 件", channel = "电话" }, $"k-{i}");
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        await app.DeliverAsync();
        Assert.Equal(5, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
        var found = await seat.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/orders?q=" + Uri.EscapeDataString("路灯"), Ct);
        Assert.Equal(5, found.GetProperty("total").GetInt32());
    }

    /// <summary>Each of what follows intake is stopped in its turn: its table cannot be reached, or its daemon does not answer.</summary>
    [Theory]
    [InlineData(Database.Sqlite, "orders_advice"), InlineData(Database.Sqlite, "orders_search"), InlineData(Database.Sqlite, "evaluation_fact"), InlineData(Database.Sqlite, "orders_notice"), InlineData(Database.Sqlite, "clamd")]
    [InlineData(Database.Postgres, "orders_advice"), InlineData(Database.Postgres, "orders_search"), InlineData(Database.Postgres, "evaluation_fact"), InlineData(Database.Postgres, "orders_notice"), InlineData(Database.Postgres, "clamd")]
    public async Task Whatever_of_advice_search_figures_notices_or_virus_scan_is_down_every_order_comes_in(Database database, string stopped)
    {
        const int orders = 30;
        await using var app = await TestApp.StartAsync(database, services =>
        {
            GivenRules.AddTo(services);
            FaultPoint.AddTo(services);
            services.AddSingleton<IVirusScan>(new ClamAv("127.0.0.1", 9));      // nobody listens there
        });
        using var seat = app.As(Permissions.Create, Permissions.Read, Permissions.Accept, Permissions.Attach);
        FaultPoint.Of(app).At = (_, sql) => sql.Contains(stopped, StringComparison.Ordinal) ? Task.FromException(new InvalidOperationException($"{stopped} is away")) : Task.CompletedTask;

        for (var i = 0; i < orders; i++)
        {
            var made = await seat.ActAsync("orders", null, new { title = "路灯不亮", content = $"第 {i} 件", channel = "电话" }, $"k-{i}");
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            var id = (await made.JsonAsync()).GetProperty("id").GetString();
            Assert.Equal(HttpStatusCode.OK, (await seat.ActAsync($"orders/{id}/actions/accept", 1, new { })).StatusCode);
            if (i % 10 == 0)
            {
                using var text = new ByteArrayContent("现场情况"u8.ToArray());
                text.Headers.ContentType = new("text/plain");
                using var form = new MultipartFormDataContent { { text, "file", "a.txt" } };
                Assert.Equal(HttpStatusCode.Created, (await seat.PostAsync(new Uri($"/api/v1/orders/{id}/attachments", UriKind.Relative), form, Ct)).StatusCode);
                await app.DeliverAsync();
            }
        }

        FaultPoint.Of(app).At = (_, _) => Task.CompletedTask;
        for (var i = 0; i < 30; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.DeliverAsync();
        }

        Assert.Equal((orders, 0), await app.InDbAsync(async db => (await db.Set<WorkOrder>().CountAsync(x => x.State == OrderState.PendingDispatch, Ct), await db.Outbox.CountAsync(m => m.DeliveredAt == null, Ct))));
    }

    private sealed class Away : IOrderAdvisor
    {
        public Task<Jiesu.Intelligence.Contracts.Advice> AdviseAsync(AdviceQuestion question, CancellationToken ct) => throw new InvalidOperationException("The model is away.");

        public Task<IReadOnlyList<Jiesu.Intelligence.Contracts.Advice>> AdviseAsync(IReadOnlyList<AdviceQuestion> questions, CancellationToken ct) => throw new InvalidOperationException("The model is away.");
    }
}
