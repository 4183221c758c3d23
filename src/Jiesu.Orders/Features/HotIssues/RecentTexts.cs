using System.Runtime.CompilerServices;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Intake;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.HotIssues;

/// <summary>近期诉求文本, newest first. Secret orders are not among them; who called is told as a word that stands for the person, and by what must be struck out.</summary>
internal sealed class RecentTexts(JiesuDb db, ICallers callers) : IRecentTexts
{
    private const int AtOnce = 500;

    public async IAsyncEnumerable<RecentText> ReadAsync(DateTimeOffset from, DateTimeOffset until, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        var (first, end) = (OrderClock.FirstAt(from), OrderClock.FirstAt(until));
        for (var left = most; left > 0;)
        {
            var rows = await (
                from x in db.Set<WorkOrder>().AsNoTracking().Where(x => x.No >= first && x.No < end && !x.IsSecret).OrderByDescending(x => x.No).Take(Math.Min(left, AtOnce))
                join p in callers.Phones() on x.CallerId equals p.Caller into known
                from p in known.DefaultIfEmpty()
                orderby x.No descending
                select new { x.No, x.Title, x.Content, x.CallerId, Phone = p!.PhoneIndex }).ToListAsync(ct);
            var traces = await callers.TracesAsync([.. rows.Select(x => x.CallerId).OfType<CallerId>().Distinct()], ct);
            foreach (var x in rows)
            {
                yield return new($"{x.Title}\n{x.Content}", x.Phone ?? x.CallerId?.Value.ToString(), x.CallerId is { } caller ? traces.GetValueOrDefault(caller, []) : []);
            }

            left = rows.Count < AtOnce ? 0 : left - rows.Count;
            end = rows.Count > 0 ? rows[^1].No : end;
        }
    }
}
