using Jiesu.Tests;
using Jiesu.Tests.Given;

namespace Jiesu.Host.Pages;

public sealed class ZzServeTests
{
    [Fact]
    public async Task Serve()
    {
        Assert.SkipUnless(File.Exists("/tmp/kitlook/serve"), "no");
        await using var app = (TestApp)Activator.CreateInstance(typeof(TestApp), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance, null, ["Data Source=/tmp/kitlook/x.db;Pooling=False"], null)!;
        app.UseKestrel(5999);
        app.StartServer();
        await app.InDbAsync(db => db.Database.EnsureCreatedAsync());
        await app.GivenUnitsAsync("HEPING");
        var order = await app.GivenAsync(OrderBuilder.AnOrder().Accepted());
        await File.WriteAllTextAsync("/tmp/kitlook/order", order.Id.ToString(), TestContext.Current.CancellationToken);
        while (File.Exists("/tmp/kitlook/serve")) { await Task.Delay(300, TestContext.Current.CancellationToken); }
    }
}
