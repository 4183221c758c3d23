using System.Globalization;
using System.Security.Cryptography;
using Jiesu.Platform;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Intake;

/// <summary>
/// 排序号: milliseconds of receipt (43 bits), node (10 bits), counter (10 bits). Later receipt, larger number; a period of receipt is a range of numbers.
/// The node is drawn at start: should two nodes draw the same and meet in one millisecond, the unique index refuses and intake draws again.
/// </summary>
internal sealed class OrderClock(int node)
{
    private const int NodeShift = 10;
    private const int TimeShift = 20;
    private const int LastCount = (1 << NodeShift) - 1;

    /// <summary>A clock set back by less keeps counting from where it was; by more it is another time (demo data), and counts there.</summary>
    private const long LongestStepBack = 60_000;

    private readonly Lock _one = new();
    private long _millisecond;
    private int _count;

    public OrderClock()
        : this(RandomNumberGenerator.GetInt32(1 << NodeShift)) { }

    /// <summary>The smallest number of an order received at this instant or later.</summary>
    public static long FirstAt(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() << TimeShift;

    public static DateTimeOffset InstantOf(long no) => DateTimeOffset.FromUnixTimeMilliseconds(no >> TimeShift);

    public long Next(DateTimeOffset at)
    {
        var now = at.ToUnixTimeMilliseconds();
        lock (_one)
        {
            if (now > _millisecond || now < _millisecond - LongestStepBack)
            {
                (_millisecond, _count) = (now, 0);
            }
            else if (++_count > LastCount)
            {
                (_millisecond, _count) = (_millisecond + 1, 0);
            }

            return (_millisecond << TimeShift) | ((long)node << NodeShift) | (uint)_count;
        }
    }
}

/// <summary>编号: the names of an order, given before it is saved.</summary>
internal readonly record struct OrderNumber(long No, string CaseNo);

/// <summary>取号: case numbers by Beijing day (FT-20261125-000123), never given twice; and the number that sorts.</summary>
internal sealed class OrderNumbers(OrderClock order, Sequences sequences, IOptions<OrdersSettings> settings)
{
    /// <summary>Takes a turn at the writer gate now and then, so it must not be called by who holds it.</summary>
    public async Task<IReadOnlyList<OrderNumber>> TakeAsync(int count, DateTimeOffset at, CancellationToken ct)
    {
        var day = at.ToBeijing().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var taken = await sequences.NextAsync($"orders.case/{day}", count, ct);
        return [.. taken.Select(n => new OrderNumber(order.Next(at), string.Create(CultureInfo.InvariantCulture, $"{settings.Value.CaseNumberPrefix}-{day}-{n:D6}")))];
    }
}
