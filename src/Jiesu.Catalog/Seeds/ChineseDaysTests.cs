using System.Diagnostics;
using System.Runtime.CompilerServices;
using Jiesu.Catalog.Contracts;
using Jiesu.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Catalog.Seeds;

/// <summary>The seeded calendar against a calendar that others keep: npm chinese-days, day by day (REL-31).</summary>
public sealed class ChineseDaysTests
{
    private const string Tell = """
        const { isWorkday } = require('chinese-days');
        for (let day = new Date(Date.UTC(2024, 0, 1)); day.getUTCFullYear() < 2027; day.setUTCDate(day.getUTCDate() + 1)) {
          const text = day.toISOString().slice(0, 10);
          if (isWorkday(text)) console.log(text);
        }
        """;

    [Fact]
    public async Task Each_day_of_2024_to_2026_is_worked_or_free_as_chinese_days_says()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await app.GivenCatalogueAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var calendar = await scope.ServiceProvider.GetRequiredService<IWorkingCalendars>().GetAsync(TestContext.Current.CancellationToken);
        var days = Enumerable.Range(0, new DateOnly(2027, 1, 1).DayNumber - new DateOnly(2024, 1, 1).DayNumber).Select(d => new DateOnly(2024, 1, 1).AddDays(d));

        var worked = await AskAsync();

        Assert.Equal(1096, days.Count());
        Assert.Equal(worked, days.Where(calendar.IsWorkingDay).Select(d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<string[]> AskAsync([CallerFilePath] string here = "")
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", Tell])
        {
            WorkingDirectory = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../..")),
            RedirectStandardOutput = true,
        })!;
        var told = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return told.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
