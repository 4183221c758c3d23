using System.Data.Common;
using System.Net;
using System.Text;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Features.Audit;

public sealed class ExportAuditTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_export_proves_itself_and_tells_the_first_bad_record(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await GivenRecordsAsync(app, 5);

        var text = await ExportAsync(app);

        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(7, lines.Length);    // five, the export itself, the end
        Assert.Null(await VerifyAsync(text));
        Assert.Equal(3, (await VerifyAsync(text.Replace("act-3", "act-9", StringComparison.Ordinal)))?.Seq);
        Assert.Equal(4, (await VerifyAsync(string.Join('\n', lines.Where((_, i) => i != 2))))?.Seq);
        Assert.Equal(3, (await VerifyAsync(string.Join('\n', [.. lines[..2], lines[3], lines[2], .. lines[4..]])))?.Line);
        Assert.Equal(3, (await VerifyAsync(string.Join('\n', [.. lines[..2], lines[1], .. lines[2..]])))?.Line);
        Assert.Equal(5, (await VerifyAsync(string.Join('\n', [.. lines[..4], lines[6]])))?.Line);
        Assert.Equal(7, (await VerifyAsync(string.Join('\n', lines[..6])))?.Line);
        Assert.Equal(1, (await VerifyAsync(""))?.Line);
        Assert.Equal(1, (await VerifyAsync("{}"))?.Line);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_the_owner_of_the_database_changes_removes_or_inserts_shows(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await GivenRecordsAsync(app, 3);
        Assert.Null(await VerifyAsync(await ExportAsync(app)));
        await app.LetGoAsync("identity_audit");

        await app.InDbAsync(db => db.WriteAsync(() => db.Set<AuditRecord>().Where(r => r.Act == "act-2").ExecuteUpdateAsync(s => s.SetProperty(r => r.Detail, "anders"), Ct), Ct));
        Assert.Equal(2, (await VerifyAsync(await ExportAsync(app)))?.Seq);
        await app.InDbAsync(db => db.WriteAsync(() => db.Set<AuditRecord>().Where(r => r.Act == "act-1").ExecuteDeleteAsync(Ct), Ct));
        Assert.Equal(1, (await VerifyAsync(await ExportAsync(app)))?.Seq);
    }

    [Theory]
    [InlineData(Database.Sqlite, "identity_audit", "detail = 'anders'")]
    [InlineData(Database.Postgres, "identity_audit", "detail = 'anders'")]
    [InlineData(Database.Sqlite, "identity_audit_seal", "hash = 'anders'")]
    [InlineData(Database.Postgres, "identity_audit_seal", "hash = 'anders'")]
    public async Task The_database_itself_refuses_to_change_or_remove_what_was_written_down(Database database, string table, string change)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await GivenRecordsAsync(app, 2);
        await ExportAsync(app);

        var changed = await Assert.ThrowsAnyAsync<DbException>(() => app.TypeAsync($"UPDATE {table} SET {change}"));
        var removed = await Assert.ThrowsAnyAsync<DbException>(() => app.TypeAsync($"DELETE FROM {table}"));

        Assert.All([changed, removed], e => Assert.Contains("append-only", e.Message, StringComparison.Ordinal));
        Assert.Null(await VerifyAsync(await ExportAsync(app)));
    }

    [Fact]
    public async Task A_record_that_was_put_beside_the_chain_shows()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await app.GivenAsync(Record(app, "act-1"));

        Assert.Contains("插入", (await VerifyAsync(await ExportAsync(app)))?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_audit_administrator_reads_and_nothing_is_changed_or_removed()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await GivenRecordsAsync(app, 1);
        using var other = app.As(Permissions.People, Permissions.Grant);

        await (await other.AskAsync("/api/v1/audit/export")).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "http.403");
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.InDbAsync(async db =>
        {
            db.Remove(await db.Set<AuditRecord>().FirstAsync(Ct));
            return await db.SaveChangesAsync(Ct);
        }));
        var denied = await app.InDbAsync(db => db.Set<AuditRecord>().SingleAsync(r => r.Act == "access.denied", Ct));
        Assert.Equal(("/api/v1/audit/export", Permissions.Audit, AuditResult.Refused), (denied.Subject, denied.Detail, denied.Result));
    }

    [Fact]
    public async Task The_page_shows_who_looked_at_which_caller_and_its_filters_live_in_the_address()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await GivenRecordsAsync(app, 60);
        using var auditor = app.As(Permissions.Audit);

        var one = await (await auditor.AskAsync("/admin/audit?act=act-7&subject=order/7")).Content.ReadAsStringAsync(Ct);
        var all = await (await auditor.AskAsync("/admin/audit")).Content.ReadAsStringAsync(Ct);

        Assert.Contains("order/7", one, StringComparison.Ordinal);
        Assert.DoesNotContain("<td data-l=\"对象\">order/8</td>", one, StringComparison.Ordinal);
        Assert.Contains("/admin/audit?after=", all, StringComparison.Ordinal);
    }

    private static AuditRecord Record(TestApp app, string act) => new() { At = app.Clock.GetUtcNow(), Act = act, Subject = "order/" + act.Split('-')[^1], Detail = "用途：核实" };

    private static async Task GivenRecordsAsync(TestApp app, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var record = await app.GivenAsync(Record(app, $"act-{i}"));
            await app.GivenAsync(new UnsealedRecord { AuditId = record.Id });
        }

        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
    }

    private static async Task<string> ExportAsync(TestApp app)
    {
        using var auditor = app.As(Permissions.Audit);
        return await auditor.GetStringAsync(new Uri("/api/v1/audit/export", UriKind.Relative), Ct);
    }

    private static async Task<BadAuditRecord?> VerifyAsync(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await AuditFile.VerifyAsync(stream, Ct);
    }
}
