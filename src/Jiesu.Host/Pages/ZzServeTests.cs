using Jiesu.Tests;

namespace Jiesu.Host.Pages;

public sealed class ZzServeTests
{
    [Fact]
    public async Task Serve()
    {
        Assert.SkipUnless(File.Exists("/tmp/kitlook/serve"), "no");
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        app.UseKestrel(5999);
        app.StartServer();
        await app.GivenUnitsAsync("HEPING");
        var order = await app.GivenAsync(Jiesu.Tests.Given.OrderBuilder.AnOrder().Accepted());
        await File.WriteAllTextAsync("/tmp/kitlook/order", order.Id.ToString(), TestContext.Current.CancellationToken);
        while (File.Exists("/tmp/kitlook/serve")) { await Task.Delay(300, TestContext.Current.CancellationToken); }
    }
}
