using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.Actions;

/// <summary>原因代码组 that fit an action (hotline guide 2.4).</summary>
internal static class ReasonKinds
{
    public const string NotReached = "CBF";

    public static IReadOnlyList<string> For(OrderAction action) => action switch
    {
        OrderAction.Refuse => ["NAC"],
        OrderAction.UnitReturn or OrderAction.ReturnUp or OrderAction.Objection => ["RTN"],
        OrderAction.Extend => ["EXT"],
        OrderAction.Pause => ["PAU"],
        OrderAction.Hold => ["HLD"],
        OrderAction.Exclusion => ["EXC"],
        OrderAction.SubmitReply => ["UNS"],
        OrderAction.PreCallback or OrderAction.CallbackResult => [NotReached, "UNS", "RWK"],
        OrderAction.Rework => ["RWK"],
        _ => [],
    };
}
