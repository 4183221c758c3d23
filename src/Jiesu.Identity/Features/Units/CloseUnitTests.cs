using System.Net;
using Jiesu.Identity.Contracts;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Identity.Features.Units;

public sealed class CloseUnitTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_dissolved_unit_keeps_its_past_and_names_its_heir(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        using var administrator = app.As(Permissions.EditPeople);
        using var nobody = app.As(Permissions.Units);

        await (await nobody.ActAsync("units/S1/close", null, new { reason = "区划调整" })).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "http.403");
        await (await administrator.ActAsync("units/S1/close", null, new { successor = "S9", reason = "区划调整" })).ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "unit.unknown");
        await (await administrator.ActAsync("units/S1/close", null, new { successor = "S2" })).ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "reason");
        await (await administrator.ActAsync("units/C/close", null, new { reason = "区划调整" })).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "unit.not_now");
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.ActAsync("units/S1/close", null, new { successor = "S2", reason = "区划调整" })).StatusCode);
        await (await administrator.ActAsync("units/S1/close", null, new { successor = "S2", reason = "区划调整" })).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "unit.not_now");

        await using var scope = app.Services.CreateAsyncScope();
        var tree = await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(TestContext.Current.CancellationToken);
        Assert.True(tree.Find("S1")!.IsClosed);
        Assert.Equal(tree.Find("S2")!.Id, tree.HeirOf(tree.Find("S1")!.Id));
        Assert.Equal(tree.Centre.Id, tree.HeirOf(tree.Find("S2")!.Id));
    }
}
