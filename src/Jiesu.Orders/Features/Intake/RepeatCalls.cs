using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Intake;

/// <summary>重复来电 (hotline guide 6.1): what a caller asked for before, found by the telephone number; only what the asker may see, nothing of secret callers.</summary>
internal sealed class RepeatCalls(JiesuDb db, ICallers callers, TimeProvider clock)
{
    private const int Most = 200;
    private const int FewestDigits = 7;
    private const int LongestUrge = 2_000;

    /// <summary>催办内容 of a second call; longer words are cut, the call-taker reads on in the recording.</summary>
    public static ActionRequest UrgeOf(string said) => new() { Note = UnicodeText.Head("诉求人再次来电：" + said.Trim(), LongestUrge) };

    /// <summary>来电记录, the latest first.</summary>
    /// <param name="Month">月次: orders of this Beijing month.</param>
    /// <param name="Year">年次.</param>
    public sealed record Calls(IReadOnlyList<Call> Orders, int Month, int Year)
    {
        public static Calls None { get; } = new([], 0, 0);

        /// <summary>重复级别 that one more call has (observed in a screening tool): 弱重复 the second, 强重复 from the third on in a year.</summary>
        public string? Level => Year switch { 0 => null, 1 => "弱重复", _ => "强重复" };
    }

    public sealed record Call(OrderId Id, string CaseNo, string Title, OrderState State, int Version, DateTimeOffset ReceivedAt, string? ClassCode, string? CommunityCode, string? Address)
    {
        public bool IsOpen => !OrderLifeCycle.Finished.Contains(State);
    }

    public async Task<Calls> FindAsync(string? phone, Actor actor, CancellationToken ct)
    {
        if (phone is null || phone.Count(char.IsDigit) < FewestDigits)
        {
            return Calls.None;
        }

        CallerId?[] same = [.. await callers.FindByPhoneAsync(phone, ct)];
        if (same.Length == 0)
        {
            return Calls.None;
        }

        var found = await db.Set<WorkOrder>().AsNoTracking().Where(DataScope.Of(actor).Sees()).Where(x => same.Contains(x.CallerId)).OrderByDescending(x => x.No).Take(Most)
            .Select(x => new Call(x.Id, x.CaseNo, x.Title, x.State, x.Version, x.ReceivedAt, x.ClassCode, x.CommunityCode, x.Address)).ToListAsync(ct);
        var today = clock.Today();
        var (month, year) = (new DateOnly(today.Year, today.Month, 1).StartOfDay(), new DateOnly(today.Year, 1, 1).StartOfDay());
        return new(found, found.Count(x => x.ReceivedAt >= month), found.Count(x => x.ReceivedAt >= year));
    }

    public Task<bool> SeesAsync(Guid order, Actor actor, CancellationToken ct) =>
        order == Guid.Empty ? Task.FromResult(false) : db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()).AnyAsync(x => x.Id == OrderId.From(order), ct);

    /// <summary>在办的同一诉求: the open order of the same caller, class and place; null without all three, for a text alone does not say that it is the same.</summary>
    public async Task<Call?> FindOpenAsync(Understood call, Actor actor, CancellationToken ct)
    {
        var draft = call.Draft;
        return draft is not { OrderNo: null, ClassCode: not null } || (draft.CommunityCode ?? draft.Address) is null || call.Caller is not { IsSecret: false, Phone: { } phone }
            ? null
            : (await FindAsync(phone, actor, ct)).Orders.FirstOrDefault(o => o.IsOpen && o.ClassCode == draft.ClassCode
                && (draft.CommunityCode is null || o.CommunityCode == draft.CommunityCode) && (draft.Address is null || o.Address is null || o.Address == draft.Address));
    }
}
