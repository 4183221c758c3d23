namespace Jiesu.Orders.Domain;

/// <summary>登记草稿: what a seat typed and has not sent. It names the caller, so it is sealed; one for each person and post, read by nobody else.</summary>
internal sealed class SeatDraft
{
    public required Guid PersonId { get; init; }
    public required Guid UnitId { get; init; }
    public required string Role { get; init; }

    /// <summary>The form as JSON, encrypted for this row.</summary>
    public required byte[] Content { get; set; }
    public required DateTimeOffset At { get; set; }
}
