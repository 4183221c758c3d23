using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Live;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Jiesu.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Search;

/// <summary>Makes new orders findable, then tells open pages of them. Nothing of the caller is indexed.</summary>
internal sealed class IndexOrders(JiesuDb db, Segmenter segmenter, Announcements announcements) : IEventHandler<OrderReceived>
{
    private const string Postgres = """
        INSERT INTO orders_search (no, text) SELECT u.no, u.text::tsvector FROM unnest({0}, {1}) AS u(no, text)
        ON CONFLICT (no) DO UPDATE SET text = EXCLUDED.text
        """;

    public async Task HandleAsync(IReadOnlyList<OrderReceived> events, CancellationToken ct)
    {
        var ids = events.Select(e => e.OrderId).ToList();
        var orders = await db.Set<WorkOrder>().Where(x => ids.Contains(x.Id))
            .Select(x => new { x.No, Texts = new[] { x.CaseNo, x.OrderNo, x.Title, x.Content, x.Address, x.PointName } }).ToListAsync(ct);
        await WriteAsync([.. orders.Select(o => (o.No, SearchText.Of(segmenter, string.Join('\n', o.Texts.Where(t => t is not null)))))], ct);
        foreach (var e in events)
        {
            announcements.AddOrders([e.UnitId]);
        }
    }

    private async Task WriteAsync(IReadOnlyList<(long No, SearchText Text)> texts, CancellationToken ct)
    {
        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync(Postgres, [texts.Select(t => t.No).ToArray(), texts.Select(t => t.Text.ToTsVector()).ToArray()], ct);
            return;
        }

        foreach (var (no, text) in texts)
        {
            await db.Database.ExecuteSqlRawAsync("INSERT OR REPLACE INTO orders_search (rowid, words, grams) VALUES ({0}, {1}, {2})", [no, text.Words, text.Grams], ct);
        }
    }
}
