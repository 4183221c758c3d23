using Jiesu.Orders.Domain;
using static Jiesu.Orders.Domain.OrderState;

namespace Jiesu.Tests.Given;

/// <summary>
/// 参照机: the transitions of the domain guide (hotline.md 2.3) written down a second time, by number, from the guide and not from the table; a walk compares the two.
/// Where the guide leaves a cell open, our reading stands behind the arrow.
/// </summary>
internal static class ReferenceMachine
{
    private static readonly OrderState[] Open =
        [Received, PendingDispatch, PendingSign, Handling, PendingUnitReview, PendingPreCallback, PendingFinalReview, Submitted, PendingCallback, Rework, OnHold];

    private static readonly Dictionary<string, (OrderState From, OrderState To)[]> Guide = new()
    {
        ["T02"] = [(Received, PendingDispatch), .. Stays(Open)],
        ["T03"] = [(Received, Closed)],
        ["T04"] = [(Received, NotAccepted), .. Stays(Received)],
        ["T05"] = [(Received, ReturnedToCity), (PendingDispatch, ReturnedToCity), (PendingSign, ReturnedToCity), .. Stays(Received, PendingDispatch, PendingSign)],
        ["T06"] = [(PendingDispatch, PendingSign)],
        ["T07"] = [(PendingDispatch, PendingSign)],
        ["T08"] = [(PendingSign, Handling), .. Stays(Open)],
        ["T09"] = [(PendingSign, PendingDispatch), (Handling, PendingDispatch), (Handling, PendingSign), .. Stays(Open)],
        ["T10"] = [(PendingDispatch, PendingSign), (PendingSign, PendingDispatch), (Handling, PendingDispatch), .. Stays(Open)],
        ["T11"] = [.. Stays(Handling)],
        ["T12"] = [.. Stays(Handling, PendingUnitReview, PendingPreCallback, PendingFinalReview)],
        ["T13"] = [.. Stays(Open)],
        ["T14"] = [.. Stays(Handling)],
        ["T15"] = [.. Stays(Handling)],
        ["T16"] = [.. Stays(Handling, PendingUnitReview, PendingPreCallback, PendingFinalReview)],
        ["T17"] = [.. Stays(Handling, PendingUnitReview, PendingPreCallback, PendingFinalReview)],
        ["T18"] = [.. Stays(Handling, PendingUnitReview, PendingPreCallback, PendingFinalReview)],
        ["T19"] = [(Handling, OnHold), .. Stays(Handling)],
        ["T20"] = [(OnHold, Handling), .. Stays(OnHold)],
        ["T21"] = [(Handling, PendingUnitReview), .. Stays(Open)],
        ["T22"] = [(PendingUnitReview, PendingPreCallback), (PendingUnitReview, Handling)],
        ["T23"] = [(PendingPreCallback, PendingFinalReview), (PendingPreCallback, Handling)],
        ["T24"] = [(PendingFinalReview, Submitted), (PendingFinalReview, PendingCallback), (PendingFinalReview, Handling)],
        ["T24b"] = [(Submitted, PendingCallback)],
        ["T25"] = [(Submitted, Rework)],
        ["T26"] = [(PendingCallback, Closed), (PendingCallback, Rework), .. Stays(PendingCallback)],
        ["T27"] = [(Rework, PendingSign)],
        ["T28"] = [.. Stays(Closed, Submitted, Rework)],
        ["T29"] = [.. Stays(Closed)],
        ["T30"] = [.. Stays(Open)],
        ["T31"] = [.. Stays(Open)],
        ["T32"] = [.. Stays(Handling)],
        ["T33"] = [.. Stays([.. Open, Closed])],
        ["T34"] = [.. Open.Select(s => (s, Cancelled)), .. Stays(Open)],
        ["T35"] = [.. Open.SelectMany(s => new[] { (s, PendingDispatch), (s, PendingCallback), (s, Submitted) }), .. Stays([.. Open, Closed])],
        ["T36"] = [(Closed, Archived)],
        ["T37"] = [(Closed, Handling), (Archived, Handling)],
        ["T38"] = [(Closed, Handling), .. Stays(Closed)],
        ["T39"] = [.. Stays(PendingDispatch, PendingSign, Handling, PendingUnitReview, PendingPreCallback, PendingFinalReview, OnHold)],    // ours: guide 2.6 says when, no row says how
    };

    /// <summary>While one of these stands, the step beside it may not be taken (guide 2.2: the main state and the clock wait for the decision).</summary>
    private static readonly (string Step, OrderState? To, OrderOverlay Barred)[] Waits =
    [
        ("T08", Handling, OrderOverlay.ReturnApplied),
        ("T21", PendingUnitReview, OrderOverlay.ReturnApplied | OrderOverlay.HoldApplied),
        ("T36", Archived, OrderOverlay.ExclusionApplied | OrderOverlay.Appealed),
    ];

    public static void AssertAllows(OrderEvent step, OrderOverlay stood)
    {
        Assert.Contains((step.FromState!.Value, step.ToState), Guide[step.StepId]);
        Assert.DoesNotContain(Waits, w => w.Step == step.StepId && w.To == step.ToState && (stood & w.Barred) != 0);
    }

    private static IEnumerable<(OrderState From, OrderState To)> Stays(params OrderState[] states) => states.Select(s => (s, s));
}
