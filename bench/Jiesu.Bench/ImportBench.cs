using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Jiesu.Running;

namespace Jiesu.Bench;

/// <summary>A file of complaints from upload to the last row stored, through the running program.</summary>
internal static class ImportBench
{
    private const string Mapping = """{"编号":"orderNo","标题":"title","内容":"content","姓名":"callerName","电话":"callerPhone","地址":"address"}""";

    public static async Task<int> RunAsync(Options options)
    {
        foreach (var database in options.Databases)
        {
            await MeasureAsync(database, options.Number("rows", 20_000));
        }

        return 0;
    }

    private static async Task MeasureAsync(string database, int rows)
    {
        await using var postgres = database == "postgres" ? new PrivatePostgres() : null;
        if (postgres is not null)
        {
            await postgres.StartAsync();
        }

        await using var host = await RunningHost.StartAsync(postgres?.ConnectionString);
        using var client = await host.SignInAsync("CT");
        await ImportAsync(client, "W", 2000);
        await host.DrainAsync();

        var cpu = new CpuMeter([host.Pid, .. postgres is null ? (int[])[] : [postgres.Pid]]);
        cpu.Start();
        var watch = Stopwatch.StartNew();
        await ImportAsync(client, "R", rows);
        Figures.Print("import", $"{database}.rowsPerSecond", rows / watch.Elapsed.TotalSeconds, rows);
        await host.DrainAsync();
        Figures.Print("import", $"{database}.rowsPerSecondWithAdvice", rows / watch.Elapsed.TotalSeconds, rows);
        Figures.Print("import", $"{database}.cpuMsPerRow", cpu.ElapsedMilliseconds / rows, rows);
    }

    private static async Task ImportAsync(HttpClient client, string first, int rows)
    {
        using var file = new ByteArrayContent(FileOf(first, rows));
        using var mapping = new StringContent(Mapping);
        using var form = new MultipartFormDataContent { { file, "file", "complaints.csv" }, { mapping, "mapping" } };
        using var begun = await client.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form);
        if (!begun.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await begun.Content.ReadAsStringAsync());
        }

        for (; ; await Task.Delay(100))
        {
            var now = await client.GetFromJsonAsync<JsonElement>(begun.Headers.Location);
            var state = now.GetProperty("state").GetString();
            if (state is "Completed" && now.GetProperty("imported").GetInt32() == rows)
            {
                return;
            }

            if (state is "Completed" or "Failed")
            {
                throw new InvalidOperationException(now.ToString());
            }
        }
    }

    private static byte[] FileOf(string first, int rows)
    {
        var text = new StringBuilder("编号,标题,内容,姓名,电话,地址\n");
        for (var i = 0; i < rows; i++)
        {
            var matter = IntakeBench.Matters[i % IntakeBench.Matters.Length];
            text.Append(CultureInfo.InvariantCulture, $"{first}{i:D8},{matter}需要处理,诉求人反映：{i % 30 + 1}号楼{matter}，已持续{i % 9 + 2}天，影响居民生活，希望尽快处理。,王女士,100{i:D8},芳园小区{i % 30 + 1}号楼\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
