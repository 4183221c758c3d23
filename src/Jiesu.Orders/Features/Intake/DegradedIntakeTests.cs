using System.Net;
using System.Net.Http.Json;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
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

    private sealed class Away : IOrderAdvisor
    {
        public Task<Jiesu.Intelligence.Contracts.Advice> AdviseAsync(AdviceQuestion question, CancellationToken ct) => throw new InvalidOperationException("The model is away.");

        public Task<IReadOnlyList<Jiesu.Intelligence.Contracts.Advice>> AdviseAsync(IReadOnlyList<AdviceQuestion> questions, CancellationToken ct) => throw new InvalidOperationException("The model is away.");
    }
}
