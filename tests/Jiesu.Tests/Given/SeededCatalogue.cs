using Jiesu.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests;

internal static class SeededCatalogue
{
    /// <summary>What an installation begins with: classes, directory, calendars, places, units and whatever else a module seeds.</summary>
    public static async Task GivenCatalogueAsync(this TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        foreach (var seed in scope.ServiceProvider.GetServices<ISeed>())
        {
            await seed.SeedAsync(TestContext.Current.CancellationToken);
        }
    }
}
