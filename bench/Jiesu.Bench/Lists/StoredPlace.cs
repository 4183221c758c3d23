using Jiesu.Running;

namespace Jiesu.Bench.Lists;

/// <summary>One database with its data folder: filled once, and kept for the next run where a folder is named.</summary>
internal sealed class StoredPlace : IAsyncDisposable
{
    private readonly bool _isKept;
    private PrivatePostgres? _postgres;

    private StoredPlace(string database, string folder) =>
        (Database, _isKept, Folder) = (database, folder.Length > 0, folder.Length > 0 ? Directory.CreateDirectory(Path.Combine(folder, database)).FullName : Directory.CreateTempSubdirectory("jbench-").FullName);

    public string Database { get; }
    public IReadOnlyList<int> Pids => _postgres is null ? [] : [_postgres.Pid];
    private string Folder { get; }
    private string DataFolder => Path.Combine(Folder, "data");

    public static async Task<StoredPlace> OpenAsync(string database, string folder)
    {
        var place = new StoredPlace(database, folder);
        if (database == "postgres")
        {
            place._postgres = place._isKept ? new PrivatePostgres(Path.Combine(place.Folder, "postgres"), isKept: true) : new PrivatePostgres();
            await place._postgres.StartAsync();
        }

        return place;
    }

    public Task<RunningHost> StartAsync(int demo) => RunningHost.StartAsync(_postgres?.ConnectionString, demo, DataFolder);

    /// <summary>The demo makes the first orders, copies of them the rest; returns how many there are.</summary>
    public async Task<int> FillAsync(int demo, int wanted)
    {
        await using (await StartAsync(demo))
        {
            // the demo district is there
        }

        return await new ManyOrders(_postgres?.ConnectionString, DataFolder).FillAsync(wanted);
    }

    /// <summary>So that the copies are found by their likeness, too; returns how many texts there are.</summary>
    public Task<int> FillTextsAsync() => new ManyOrders(_postgres?.ConnectionString, DataFolder).FillTextsAsync();

    public Task<long> FillEventsAsync(long wanted) => new ManyOrders(_postgres?.ConnectionString, DataFolder).FillEventsAsync(wanted);

    /// <summary>So many open orders of the demo are due to be warned of now; returns how many.</summary>
    public Task<int> MakeDueAsync(int wanted) => new ManyOrders(_postgres?.ConnectionString, DataFolder).MakeDueAsync(wanted);

    /// <summary>A part of the house whose table is gone can do nothing any more.</summary>
    public Task HideAsync(string table) => new ManyOrders(_postgres?.ConnectionString, DataFolder).HideAsync(table);

    public Task<int> CountRemindersAsync() => new ManyOrders(_postgres?.ConnectionString, DataFolder).CountRemindersAsync();

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        if (!_isKept)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
