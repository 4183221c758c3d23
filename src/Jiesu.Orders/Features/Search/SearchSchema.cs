using Jiesu.Platform;
using Jiesu.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Search;

/// <summary>检索表: outside the model, since one is FTS5 and the other a tsvector; keyed by the number that sorts. Migrations and tests run this.</summary>
internal static class SearchSchema
{
    public const string SqliteUp = $"CREATE VIRTUAL TABLE orders_search USING fts5({SearchText.Fts5Columns});";
    public const string PostgresUp = """
        CREATE TABLE orders_search (no bigint PRIMARY KEY, text tsvector NOT NULL);
        CREATE INDEX ix_orders_search_text ON orders_search USING gin (text);
        """;
    public const string Down = "DROP TABLE orders_search;";

    public static Task CreateAsync(JiesuDb db, CancellationToken ct) =>
        db.WriteAsync(() => db.Database.ExecuteSqlRawAsync(db.Database.IsSqlite() ? SqliteUp : PostgresUp, ct), ct);
}
