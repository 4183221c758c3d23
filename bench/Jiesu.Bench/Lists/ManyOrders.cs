using System.Data.Common;
using System.Globalization;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Intake;
using Jiesu.Platform.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Jiesu.Bench.Lists;

/// <summary>
/// Fills the database of a stopped host with copies of its demo orders, each copy <see cref="Step"/> earlier than the one before: texts, units and places stay
/// as various as the demo made them. What was open is archived in the copies, as it would be after so long.
/// </summary>
internal sealed class ManyOrders(string? postgres, string folder)
{
    /// <summary>Not a whole day, so that the hours of the day spread too.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromHours(31);
    private static readonly string Open = string.Join(", ", OrderLifeCycle.Open.Append(OrderState.Closed).Select(s => $"'{s}'"));
    private readonly bool _isSqlite = postgres is null;

    /// <summary>流转记录 for the copies: the demo's histories over and over, until there are so many; PostgreSQL only.</summary>
    public async Task<long> FillEventsAsync(long wanted)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        var there = await ScalarAsync(connection, "SELECT count(*) FROM orders_event");
        if (there < wanted)
        {
            await RunAsync(connection, "SET synchronous_commit = off; CREATE TEMP TABLE demo_event AS SELECT e.* FROM orders_event e JOIN orders_work_order o ON o.id = e.order_id WHERE o.case_no NOT LIKE '%-%-%-%'");
            await RunAsync(connection, "CREATE TEMP TABLE copied AS SELECT id, left(id::text, 24) AS d, (left(id::text, 24) || right(id::text, 12)) AS t FROM orders_work_order WHERE case_no LIKE '%-%-%-%'");
            var columns = await ColumnsAsync(connection, "orders_event");
            var perOrder = Math.Max(1, (wanted - there) / Math.Max(1, await ScalarAsync(connection, "SELECT count(*) FROM copied JOIN demo_event e ON left(e.order_id::text, 24) = copied.d")) + 1);
            var values = string.Join(", ", columns.Select(c => c switch { "order_id" => "copied.id", "seq" => "e.seq + g.k * 1000", _ => "e." + Quote(c) }));
            await RunAsync(connection, $"INSERT INTO orders_event ({string.Join(", ", columns.Select(Quote))}) SELECT {values} FROM copied JOIN demo_event e ON left(e.order_id::text, 24) = copied.d, generate_series(0, {perOrder - 1}) AS g(k) ON CONFLICT DO NOTHING");
            await RunAsync(connection, "ANALYZE orders_event");
        }

        return await ScalarAsync(connection, "SELECT count(*) FROM orders_event");
    }

    /// <summary>文本索引 of the copies: each has the vector of the order that it was copied from.</summary>
    public async Task<int> FillTextsAsync()
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        var head = _isSqlite ? "substr({0}, 1, 24)" : "left({0}::text, 24)";
        await RunAsync(connection, $"CREATE TEMP TABLE demo_text AS SELECT {string.Format(CultureInfo.InvariantCulture, head, "id")} AS d, * FROM intelligence_text");
        await RunAsync(connection, "CREATE INDEX ix_demo_text ON demo_text (d)");
        await RunAsync(connection, _isSqlite ? "PRAGMA synchronous=OFF" : "SET synchronous_commit = off");
        var columns = await ColumnsAsync(connection, "intelligence_text");
        var values = string.Join(", ", columns.Select(c => c switch { "id" => "c.id", "at" or "learned_at" => "c.call_time", _ => "t." + Quote(c) }));
        await RunAsync(connection, $"INSERT INTO intelligence_text ({string.Join(", ", columns.Select(Quote))}) SELECT {values} FROM orders_work_order c JOIN demo_text t ON t.d = {string.Format(CultureInfo.InvariantCulture, head, "c.id")} WHERE true ON CONFLICT DO NOTHING");
        await RunAsync(connection, "ANALYZE intelligence_text");
        return (int)await ScalarAsync(connection, "SELECT count(*) FROM intelligence_text");
    }

    public async Task<int> FillAsync(int wanted)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        var there = await ScalarAsync(connection, "SELECT count(*) FROM orders_work_order");
        var copies = (int)((wanted - there) / Math.Max(1, there));
        if (copies > 0)
        {
            await CopyAsync(connection, copies);
        }

        return (int)await ScalarAsync(connection, "SELECT count(*) FROM orders_work_order");
    }

    /// <summary>Copies of long ago get a deadline of an hour ago, with its last but one warning due.</summary>
    public async Task<int> MakeDueAsync(int wanted)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        var hour = _isSqlite ? $"{TimeProvider.System.GetUtcNow().AddDays(-2).UtcTicks.ToString(CultureInfo.InvariantCulture)}" : "now() - interval '2 days'";
        await RunAsync(connection, $"UPDATE orders_work_order SET clock_started_at = {hour}, due_at = {hour}, next_reminder_at = {hour}, reminder_stage = 'Leader' WHERE id IN (SELECT id FROM orders_work_order WHERE state = 'Archived' AND next_reminder_at IS NULL LIMIT {wanted})");
        return (int)await ScalarAsync(connection, $"SELECT count(*) FROM orders_work_order WHERE reminder_stage = 'Leader' AND next_reminder_at <= {(_isSqlite ? hour : "now()")} AND state = 'Archived'");
    }

    public async Task<int> CountRemindersAsync()
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        return (int)await ScalarAsync(connection, "SELECT count(*) FROM orders_reminder");
    }

    /// <summary>Takes a table out of the way of the house that uses it.</summary>
    public async Task HideAsync(string table)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await RunAsync(connection, $"ALTER TABLE {Quote(table)} RENAME TO {Quote(table + "_hidden")}");
    }

    private async Task CopyAsync(DbConnection connection, int copies)
    {
        await RunAsync(connection, _isSqlite ? "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000" : "DROP INDEX ix_orders_search_text; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
        await RunAsync(connection, "CREATE TEMP TABLE demo_order AS SELECT * FROM orders_work_order");
        await RunAsync(connection, "CREATE TEMP TABLE demo_assignment AS SELECT * FROM orders_assignment");
        const int AtOnce = 50;
        for (var first = 1; first <= copies; first += AtOnce)
        {
            var numbers = $"{(_isSqlite ? $"(WITH RECURSIVE n(k) AS (SELECT {first} UNION ALL SELECT k + 1 FROM n WHERE k < {Math.Min(copies, first + AtOnce - 1)}) SELECT k FROM n)" : $"generate_series({first}, {Math.Min(copies, first + AtOnce - 1)})")} AS n{(_isSqlite ? "" : "(k)")}";
            await CopyTableAsync(connection, "orders_work_order", $"demo_order o, {numbers}", OrderColumn);
            await CopyTableAsync(connection, "orders_assignment", $"demo_assignment o, {numbers}", AssignmentColumn);
        }

        await IndexAsync(connection);
        await RunAsync(connection, "ANALYZE");
    }

    private async Task CopyTableAsync(DbConnection connection, string table, string from, Func<string, string> value)
    {
        var columns = await ColumnsAsync(connection, table);
        await RunAsync(connection, $"INSERT INTO {table} ({string.Join(", ", columns.Select(Quote))}) SELECT {string.Join(", ", columns.Select(value))} FROM {from} WHERE true ON CONFLICT DO NOTHING");
    }

    private string OrderColumn(string name) => name switch
    {
        "id" => CopyOf("id"),
        "no" => $"o.no - n.k * {(OrderClock.FirstAt(DateTimeOffset.UnixEpoch + Step) + 1).ToString(CultureInfo.InvariantCulture)}",    // one more: two orders a multiple of the step apart do not meet
        "case_no" => "o.case_no || '-' || n.k",
        "order_no" or "master_order_id" => "NULL",
        "state" => $"CASE WHEN o.state IN ({Open}) THEN 'Archived' ELSE o.state END",
        "overlays" => $"CASE WHEN o.state IN ({Open}) THEN 0 ELSE o.overlays END",
        "next_reminder_at" or "stop_until" or "clock_stopped_at" => "NULL",
        "due_at" or "clock_started_at" => $"CASE WHEN o.state IN ({Open}) THEN NULL ELSE {Earlier(name)} END",
        _ when IsInstant(name) => Earlier(name),
        _ => "o." + Quote(name),
    };

    private string AssignmentColumn(string name) => name switch
    {
        "id" or "order_id" or "parent_id" => CopyOf(name),
        "state" => "CASE WHEN o.ended_at IS NULL THEN 'Ended' ELSE o.state END",
        "ended_at" => $"coalesce({Earlier("ended_at")}, {Earlier("assigned_at")})",
        _ when IsInstant(name) => Earlier(name),
        _ => "o." + Quote(name),
    };

    /// <summary>The last group of the id gives way to the number of the copy: still unique, and the same in every table.</summary>
    private string CopyOf(string name) => _isSqlite ? $"substr(o.{name}, 1, 24) || printf('%012X', n.k)" : $"(left(o.{name}::text, 24) || lpad(to_hex(n.k), 12, '0'))::uuid";

    private string Earlier(string name) =>
        _isSqlite ? $"o.{name} - n.k * {Step.Ticks.ToString(CultureInfo.InvariantCulture)}" : $"o.{name} - n.k * interval '{Step.TotalHours.ToString(CultureInfo.InvariantCulture)} hours'";

    private static bool IsInstant(string name) => name.EndsWith("_at", StringComparison.Ordinal) || name == "call_time";

    private async Task IndexAsync(DbConnection connection)
    {
        if (!_isSqlite)
        {
            await RunAsync(connection, """
                INSERT INTO orders_search (no, text) SELECT c.no, s.text FROM orders_work_order c
                JOIN demo_order d ON left(c.id::text, 24) = left(d.id::text, 24) JOIN orders_search s ON s.no = d.no ON CONFLICT DO NOTHING;
                CREATE INDEX ix_orders_search_text ON orders_search USING gin (text)
                """);
            return;
        }

        var texts = new Dictionary<string, SearchText>();
        var segmenter = new Segmenter([]);
        await using (var reader = await CommandOf(connection, "SELECT substr(id, 1, 24), title || char(10) || content || char(10) || coalesce(address, '') FROM demo_order").ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                texts[reader.GetString(0)] = SearchText.Of(segmenter, reader.GetString(1));
            }
        }

        var copies = new List<(long No, string Id)>();
        await using (var reader = await CommandOf(connection, "SELECT no, substr(id, 1, 24) FROM orders_work_order WHERE no NOT IN (SELECT no FROM demo_order) ORDER BY no").ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                copies.Add((reader.GetInt64(0), reader.GetString(1)));
            }
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = CommandOf(connection, "INSERT INTO orders_search (rowid, words, grams) VALUES ($no, $words, $grams)");
        insert.Transaction = transaction;
        SqliteParameter[] values = [new("$no", SqliteType.Integer), new("$words", SqliteType.Text), new("$grams", SqliteType.Text)];
        insert.Parameters.AddRange(values);
        foreach (var (no, id) in copies)
        {
            (values[0].Value, values[1].Value, values[2].Value) = (no, texts[id].Words, texts[id].Grams);
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private async Task<List<string>> ColumnsAsync(DbConnection connection, string table)
    {
        var sql = _isSqlite ? $"SELECT name FROM pragma_table_info('{table}')" : $"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'";
        var names = new List<string>();
        await using var reader = await CommandOf(connection, sql).ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private DbConnection Connect() => _isSqlite ? new SqliteConnection($"Data Source={Path.Combine(folder, "jiesu.db")};Pooling=False") : new NpgsqlConnection(postgres + ";Command Timeout=0;Pooling=false");

    private static string Quote(string name) => $"\"{name}\"";

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = CommandOf(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> ScalarAsync(DbConnection connection, string sql)
    {
        await using var command = CommandOf(connection, sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static DbCommand CommandOf(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // made of the constants above
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        return command;
    }
}
