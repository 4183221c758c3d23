using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Features.Presence;

/// <summary>谁在办: a person has a form of the order open; over by itself when the page says so no more. It bars nobody.</summary>
internal sealed class AtForm
{
    public required OrderId OrderId { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>UTC; not there any more from then on.</summary>
    public required DateTimeOffset Until { get; set; }
}
