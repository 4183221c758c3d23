using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>
/// 待送派发: a dispatch that was ordered at the desk and may still be taken back; nobody is told until it is carried out. Carrying it out removes the row in the
/// transaction of the deed, and so does taking it back: of two that try, one finds no row any more.
/// </summary>
internal sealed class HeldDispatch
{
    /// <summary>Comes with the form: the second of two presses finds what the first one left.</summary>
    public required Guid Id { get; init; }
    public required OrderId OrderId { get; init; }

    /// <summary>派发内容 as it was sent: JSON.</summary>
    public required string Request { get; init; }

    /// <summary>The version of the order that the dispatcher saw.</summary>
    public required int Seen { get; init; }
    public required Guid ById { get; init; }
    public required Guid ByUnitId { get; init; }
    public required string ByRole { get; init; }

    /// <summary>数据范围 of the dispatcher, JSON; null for the whole district.</summary>
    public required string? ByScope { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>送出时间, UTC: until then it may be taken back.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Why it was not carried out; null while it stands. The dispatcher reads it and puts it away.</summary>
    public string? Refusal { get; private set; }
    public DateTimeOffset? RefusedAt { get; private set; }

    public void Refuse(string why, DateTimeOffset at) => (Refusal, RefusedAt) = (why, at);

    /// <summary>The person as they stood when they sent it; a later loss of rights ends nothing that was accepted.</summary>
    public Actor Dispatcher => new(
        ById, ByUnitId, ByRole, new HashSet<string> { Permissions.Dispatch }, ByScope is { } scope ? JsonSerializer.Deserialize<Guid[]>(scope) : null);
}
