using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Intake;
using Jiesu.Platform;
using Jiesu.Platform.Ciphers;
using Jiesu.Platform.Jobs;
using Jiesu.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Seat;

/// <summary>登记草稿 (SEC-08): what a seat typed survives the session, the browser and the machine; sealed, and given back to its owner only.</summary>
internal sealed class SeatDrafts(JiesuDb db, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>Five times what an order may say: who pastes too much can still cut it down.</summary>
    public const int LongestContent = 20_000;
    private const int LongestField = 1_000;
    private const int MostExtra = 50;

    /// <summary>已存草稿.</summary>
    internal sealed record Kept(TypeOrder.Form Form, DateTimeOffset At);

    /// <summary>Null when there is none, or when its order was made already.</summary>
    public async Task<Kept?> FindAsync(Actor actor, CancellationToken ct)
    {
        if (await Of(actor).AsNoTracking().SingleOrDefaultAsync(ct) is not { } draft)
        {
            return null;
        }

        var form = JsonSerializer.Deserialize<TypeOrder.Form>(cipher.Decrypt(draft.Content, PlaceOf(actor)))!;
        return await IsMadeAsync(form.Key, actor, ct) ? null : new(form, draft.At);
    }

    /// <summary>When it was kept; null when nothing was typed, or when the order was made while this was on its way.</summary>
    public async Task<DateTimeOffset?> KeepAsync(TypeOrder.Form form, Actor actor, CancellationToken ct)
    {
        if (form.IsBlank || await IsMadeAsync(form.Key, actor, ct))
        {
            await DiscardAsync(actor, ct);
            return null;
        }

        var now = clock.GetUtcNow();
        var content = cipher.Encrypt(JsonSerializer.Serialize(Cut(form)), PlaceOf(actor));
        for (var saved = false; !saved;)
        {
            if (await Of(actor).SingleOrDefaultAsync(ct) is { } earlier)
            {
                (earlier.Content, earlier.At) = (content, now);
            }
            else
            {
                db.Add(new SeatDraft { PersonId = actor.PersonId, UnitId = actor.UnitId, Role = actor.Role, Content = content, At = now });
            }

            saved = await db.TrySaveAsync(ct);
            db.ChangeTracker.Clear();    // two tabs at once: the later one begins again
        }

        return now;
    }

    public Task<int> DiscardAsync(Actor actor, CancellationToken ct) => db.WriteAsync(() => Of(actor).ExecuteDeleteAsync(ct), ct);

    /// <summary>Whether the order with the key of this form exists: then a draft that comes late must not bring it back.</summary>
    private async Task<bool> IsMadeAsync(string? key, Actor actor, CancellationToken ct)
    {
        var owner = ReceiveOrder.OwnerOf(actor);
        return await db.Set<IdempotentAnswer>().AnyAsync(a => a.Owner == owner && a.Key == key, ct);
    }

    private IQueryable<SeatDraft> Of(Actor actor) =>
        db.Set<SeatDraft>().Where(x => x.PersonId == actor.PersonId && x.UnitId == actor.UnitId && x.Role == actor.Role);

    private static FieldPlace PlaceOf(Actor actor) => new("orders_seat_draft", "content", $"{actor.PersonId:N}/{actor.UnitId:N}/{actor.Role}");

    private static TypeOrder.Form Cut(TypeOrder.Form form) => form with
    {
        Key = Cut(form.Key, IdempotentAnswer.LongestKey),
        Title = Cut(form.Title),
        Content = Cut(form.Content, LongestContent),
        Channel = Cut(form.Channel),
        RequestType = Cut(form.RequestType),
        Urgency = Cut(form.Urgency),
        OrderNo = Cut(form.OrderNo),
        Town = Cut(form.Town),
        Community = Cut(form.Community),
        Address = Cut(form.Address),
        PointName = Cut(form.PointName),
        ClassL3 = Cut(form.ClassL3),
        CallerName = Cut(form.CallerName),
        CallerPhone = Cut(form.CallerPhone),
        IsSecret = Cut(form.IsSecret),
        Extra = form.Extra.Take(MostExtra).ToDictionary(x => x.Key, x => (IReadOnlyList<string>)[.. x.Value.Take(MostExtra).Select(v => Cut(v)!)]),
    };

    private static string? Cut(string? text, int longest = LongestField) => text is null ? null : UnicodeText.Head(text, longest);
}

/// <summary>清理草稿: what nobody came back for.</summary>
internal sealed class ClearDrafts(JiesuDb db, IOptions<OrdersSettings> settings, TimeProvider clock) : IJob
{
    public Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-settings.Value.DraftDays);
        return db.WriteAsync(() => db.Set<SeatDraft>().Where(x => x.At < before).ExecuteDeleteAsync(ct), ct);
    }
}
