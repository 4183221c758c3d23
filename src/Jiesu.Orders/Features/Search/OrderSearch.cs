using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Search;

/// <summary>工单检索: the same words find the same orders on both databases. What was typed is never query syntax; where it holds no letter and no digit, it finds nothing.</summary>
internal sealed class OrderSearch(JiesuDb db, Segmenter segmenter)
{
    /// <summary>Numbers are asked for themselves as well: an order just received is not in the index yet.</summary>
    private const string ByNumber = """
        UNION ALL SELECT no AS "Value" FROM orders_work_order WHERE case_no = {1}
        UNION ALL SELECT no AS "Value" FROM orders_work_order WHERE order_no = {1}
        """;
    private const string Sqlite = """SELECT rowid AS "Value" FROM orders_search WHERE orders_search MATCH {0} """;
    private const string SqliteOrNumber = Sqlite + ByNumber;
    private const string Postgres = """SELECT no AS "Value" FROM orders_search WHERE text @@ {0}::tsquery """;
    private const string PostgresOrNumber = Postgres + ByNumber;

    public IQueryable<WorkOrder> Among(IQueryable<WorkOrder> rows, string typed)
    {
        if (SearchQuery.Of(segmenter, typed) is not { } query)
        {
            return rows.Where(x => false);
        }

        var found = Find(query, typed);
        return rows.Where(x => found.Contains(x.No));
    }

    /// <summary>The numbers alone, each once; null where that takes more than the index of words.</summary>
    public IQueryable<long>? Numbers(string typed) =>
        MayBeNumber(typed) || SearchQuery.Of(segmenter, typed) is not { } query ? null : Find(query, typed);

    /// <summary>A word costs half as much when it is looked for in one place only.</summary>
    private static bool MayBeNumber(string typed) => typed.Any(char.IsAsciiDigit);

    private IQueryable<long> Find(SearchQuery query, string typed) => (db.Database.IsSqlite(), MayBeNumber(typed)) switch
    {
        (true, true) => db.Database.SqlQueryRaw<long>(SqliteOrNumber, query.Fts5, typed),
        (true, false) => db.Database.SqlQueryRaw<long>(Sqlite, query.Fts5),
        (false, true) => db.Database.SqlQueryRaw<long>(PostgresOrNumber, query.TsQuery, typed),
        (false, false) => db.Database.SqlQueryRaw<long>(Postgres, query.TsQuery),
    };
}
