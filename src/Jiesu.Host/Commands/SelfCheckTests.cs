using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Jiesu.Platform;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Host.Commands;

public sealed class SelfCheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_whole_installation_passes_and_each_damage_is_named(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        var order = await GivenOrderWithFileAsync(app);
        await app.LetGoAsync("identity_audit");
        Assert.Empty(await FaultsAsync(app));

        await app.TypeAsync("UPDATE identity_caller SET name = phone, phone = name");
        await app.TypeAsync("UPDATE identity_audit SET detail = 'anders' WHERE act = 'orders.import'");
        await app.TypeAsync($"UPDATE orders_work_order SET state = 'Handling' WHERE case_no = '{order}'");
        DamageFiles(app.DataFolder);
        app.Clock.Advance(TimeSpan.FromDays(365));

        var faults = await FaultsAsync(app);
        Assert.Equal(["密钥", "审计链", "工作日历", "工单守恒", "工单重算", "附件"], faults.Select(f => f.Name).Distinct());
        Assert.Contains(faults, f => f.Fault.StartsWith("有 1 位诉求人解不开", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Fault.StartsWith("第 1 条：哈希不符", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Fault.StartsWith("没有 2027 年的放假安排", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Fault.Contains("应当工单状态与最后一条流转记录一致", StringComparison.Ordinal) && f.Fault.Contains(order, StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Fault.Contains(order, StringComparison.Ordinal) && f.Fault.Contains("已损坏。请从备份恢复 files/", StringComparison.Ordinal));
        Assert.DoesNotContain(faults, f => f.Fault.Contains("张小明", StringComparison.Ordinal) || f.Fault.Contains("13812345678", StringComparison.Ordinal));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_command_ends_0_for_a_whole_installation_and_says_a_line_for_each_check(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        await GivenOrderWithFileAsync(app);

        var (whole, said) = await CommandAsync("--all", app.Arguments);
        DamageFiles(app.DataFolder);
        var (damaged, complaint) = await CommandAsync("--all", app.Arguments);

        Assert.Equal((0, 1), (whole, damaged));
        Assert.Equal(
            ["数据目录", "数据库", "时钟", "密钥", "审计链", "工作日历", "工单守恒", "工单重算", "附件", "考评重算"],
            said.Split('\n').Where(line => line.StartsWith("通过　　", StringComparison.Ordinal)).Select(line => line["通过　　".Length..line.IndexOf('：', StringComparison.Ordinal)]));
        Assert.Contains("不通过　附件：", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_folder_its_tables_or_its_keys_an_installation_does_not_pass()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await app.SeedAsync();
        await GivenOrderWithFileAsync(app);

        var (noFolder, _) = await CommandAsync("--Jiesu:DataFolder=/proc/nowhere", []);
        var (noTables, _) = await CommandAsync($"--Jiesu:DataFolder={app.DataFolder}", []);
        File.Delete(Path.Combine(app.DataFolder, "keys", "ring.json"));

        Assert.Equal((1, 1), (noFolder, noTables));
        Assert.Equal(["密钥"], (await FaultsAsync(app)).Select(f => f.Name));
        Assert.False(File.Exists(Path.Combine(app.DataFolder, "keys", "ring.json")));
    }

    private static async Task<(int End, string Said)> CommandAsync(string first, IReadOnlyList<string> more)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Jiesu.Host.dll"), "selfcheck", first, .. more]) { RedirectStandardOutput = true };
        using var command = Process.Start(start)!;
        var said = await command.StandardOutput.ReadToEndAsync(Ct);
        await command.WaitForExitAsync(Ct);
        return (command.ExitCode, said);
    }

    /// <summary>With a caller, an attachment, and a record in the chain; its case number.</summary>
    private static async Task<string> GivenOrderWithFileAsync(TestApp app)
    {
        using var desk = app.As("orders.create", "orders.read", "orders.attach", "orders.import", "identity.audit");
        var order = await (await desk.PostOrderAsync("k1", new { title = "甲", content = "内容", channel = "电话", callerName = "张小明", callerPhone = "13812345678" })).JsonAsync();
        await UploadAsync(desk, $"/api/v1/orders/{order.GetProperty("id").GetString()}/attachments", "a.txt", "现场情况");
        await UploadAsync(desk, "/api/v1/imports", "a.csv", "title,content\r\n乙,内容\r\n");
        await app.RunImportsAsync();
        await app.DeliverAsync();
        await desk.GetStringAsync(new Uri("/api/v1/audit/export", UriKind.Relative), Ct);
        return order.GetProperty("caseNo").GetString()!;
    }

    private static async Task UploadAsync(HttpClient desk, string url, string name, string text)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent { { content, "file", name } };
        using var answer = await desk.PostAsync(new Uri(url, UriKind.Relative), form, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static void DamageFiles(string folder) =>
        Array.ForEach(Directory.GetFiles(Path.Combine(folder, "files"), "*", SearchOption.AllDirectories), f => File.AppendAllText(f, "x"));

    private static async Task<IReadOnlyList<(string Name, string Fault)>> FaultsAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        List<(string, string)> faults = [];
        foreach (var check in scope.ServiceProvider.GetServices<ISelfCheck>())
        {
            faults.AddRange((await check.RunAsync(isThorough: true, Ct)).Faults.Select(f => (check.Name, f)));
        }

        return faults;
    }
}
