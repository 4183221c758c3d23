using Jiesu.Identity.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Actions;

/// <summary>系统: what the house does itself, from the Centre, through the same guard as anybody, with no more permissions than the deed needs.</summary>
internal static class SystemActor
{
    public static async Task<Actor> OfAsync(IUnitDirectory units, CancellationToken ct, params IEnumerable<string> permissions) =>
        new(Guid.Empty, (await units.GetAsync(ct)).Centre.Id, "", new HashSet<string>(permissions));
}
