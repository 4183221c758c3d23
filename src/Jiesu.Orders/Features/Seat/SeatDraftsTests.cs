using System.Net;
using System.Text;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Seat;

public sealed class SeatDraftsTests
{
    private const string Url = "/orders/new";
    private const string Phone = "13812345678";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_a_seat_typed_is_there_again_sealed_and_for_nobody_else(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var seat = app.As(Permissions.Create, Permissions.Read);
        using var sameSeat = SamePerson(app, seat);
        using var otherPost = SamePerson(app, seat, unit: Guid.CreateVersion7());
        using var colleague = app.As(Permissions.Create, Permissions.Read);

        var kept = await TypeAsync(seat, ("content", "楼道堆物，影响通行"), ("callerName", "张小明"), ("callerPhone", Phone), ("town", DeskRules.Street));
        await TypeAsync(seat, ("content", "楼道堆物，影响通行 𠮷"), ("callerName", "张小明"), ("callerPhone", Phone), ("town", DeskRules.Street));

        Assert.Contains("草稿已保存 09:00", await kept.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var page = await PageAsync(sameSeat);
        Assert.All(["楼道堆物，影响通行 𠮷", "张小明", Phone, "已恢复", "放弃草稿"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.All([await PageAsync(colleague), await PageAsync(otherPost)], html => Assert.DoesNotContain(Phone, html, StringComparison.Ordinal));
        var row = await app.InDbAsync(db => db.Set<SeatDraft>().SingleAsync(Ct));
        Assert.All([Phone, "张小明", "楼道"], words => Assert.Equal(-1, row.Content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words))));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_draft_goes_when_the_order_is_made_and_a_late_save_does_not_bring_it_back(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var seat = app.As(Permissions.Create, Permissions.Read);
        var typed = await seat.FillInAsync(Url, Url, ("title", "楼道堆物"), ("content", "楼道堆物"), ("channel", "电话"), ("callerPhone", Phone));

        await seat.SendAsync(Url + "/draft", typed);
        var made = await seat.SendAsync(Url, typed);
        var late = await seat.SendAsync(Url + "/draft", typed);

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.DoesNotContain("草稿已保存", await late.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, await PageAsync(seat), StringComparison.Ordinal);
        Assert.Equal((0, 1), await CountsAsync(app));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_draft_may_be_given_up_is_cleared_after_a_week_and_an_empty_form_is_none(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var seat = app.As(Permissions.Create, Permissions.Read);
        using var forgetful = app.As(Permissions.Create, Permissions.Read);
        await TypeAsync(seat, ("content", "一"));
        await TypeAsync(forgetful, ("content", "二"));

        await TypeAsync(seat, ("channel", "电话"));
        var afterBlank = await CountsAsync(app);
        await TypeAsync(seat, ("content", "一"));
        var givenUp = await seat.SubmitAsync(Url, Url + "/draft/discard");
        var afterGivingUp = await CountsAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(7));
        await ClearAsync(app);
        var onTheSeventhDay = await CountsAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await ClearAsync(app);

        Assert.Equal((HttpStatusCode.Redirect, Url), (givenUp.StatusCode, givenUp.Headers.Location?.OriginalString));
        Assert.Equal((1, 1, 1, 0), (afterBlank.Drafts, afterGivingUp.Drafts, onTheSeventhDay.Drafts, (await CountsAsync(app)).Drafts));
    }

    [Fact]
    public async Task Text_that_is_too_long_for_an_order_is_kept_and_where_the_draft_ends_is_said()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var seat = app.As(Permissions.Create, Permissions.Read);
        var (tooLong, endless) = (new string('楼', 4_001), new string('楼', SeatDrafts.LongestContent - 1) + "𠮷尾");

        var refused = await seat.SubmitAsync(Url, ("content", tooLong), ("title", "楼道堆物"), ("channel", "电话"));
        var afterRefusal = await PageAsync(seat);
        var cut = await TypeAsync(seat, ("content", endless));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(tooLong, afterRefusal, StringComparison.Ordinal);
        Assert.Contains("草稿只存了前 20,000 字", await cut.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains(endless[..(SeatDrafts.LongestContent - 1)] + "</textarea>", await PageAsync(seat), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_was_signed_out_while_typing_finds_the_text_after_signing_in_again(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await app.GivenPersonAsync("wang", ("CT", "C"));
        var (seat, _) = await app.SignInAsync("wang");
        var typed = await seat.FillInAsync(Url, Url, ("content", "楼道堆物，影响通行"), ("callerPhone", Phone));

        await seat.SendAsync(Url + "/draft", typed);
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        var over = await seat.AskAsync(Url, ("HX-Request", "true"));
        var (again, _) = await app.SignInAsync("wang");
        var page = await PageAsync(again);

        Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);
        Assert.Contains("楼道堆物，影响通行", page, StringComparison.Ordinal);
        Assert.Contains(Phone, page, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> TypeAsync(HttpClient seat, params (string Name, string Value)[] typed) =>
        await seat.SendAsync(Url + "/draft", await seat.FillInAsync(Url, Url, typed));

    private static async Task<string> PageAsync(HttpClient seat) => WebUtility.HtmlDecode(await seat.GetStringAsync(new Uri(Url, UriKind.Relative), Ct));

    /// <summary>Another browser of the same person, in this post or another.</summary>
    private static HttpClient SamePerson(TestApp app, HttpClient known, Guid? unit = null)
    {
        var client = app.CreateClient(new() { AllowAutoRedirect = false });
        foreach (var (name, values) in known.DefaultRequestHeaders)
        {
            client.DefaultRequestHeaders.Add(name, name == "X-Unit" && unit is { } other ? [other.ToString()] : values);
        }

        return client;
    }

    private static async Task ClearAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<ClearDrafts>(scope.ServiceProvider).RunAsync(Ct);
    }

    private static Task<(int Drafts, int Orders)> CountsAsync(TestApp app) =>
        app.InDbAsync(async db => (await db.Set<SeatDraft>().CountAsync(Ct), await db.Set<WorkOrder>().CountAsync(Ct)));
}
