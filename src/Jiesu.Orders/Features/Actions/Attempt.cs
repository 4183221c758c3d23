using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Actions;

/// <summary>在手工单: an order before somebody, under the rules of the day.</summary>
internal record Standing(WorkOrder Order, Actor Actor, OrderPolicy Policy)
{
    /// <summary>The live share of the acting unit; null when it has none.</summary>
    public Assignment? Share => Order.LiveShareOf(Actor.UnitId);

    /// <summary>The acting unit leads the order, or stands above the unit that does.</summary>
    public bool IsOfLead => Policy.IsWithin(Order.UnitId, Actor.UnitId);
}

/// <summary>操作请求 before the order: who asks for what, when, and what the words mean.</summary>
internal sealed record Attempt(WorkOrder Order, OrderAction Action, ActionRequest Asked, Deed Deed, OrderPolicy Policy) : Standing(Order, Deed.Actor, Policy)
{
    public DateTimeOffset At => Deed.At;

    /// <summary>附件 of the order, as far as the words name any.</summary>
    public IReadOnlySet<Guid> Files { get; init; } = new HashSet<Guid>();

    /// <summary>主单: the order named, or the one that it was merged into; for a link the order itself. Null where there is none that the actor may see.</summary>
    public WorkOrder? Master { get; init; }

    /// <summary>Orders that were merged into this one.</summary>
    public IReadOnlyList<WorkOrder> Followers { get; init; } = [];

    public TimeLimitPolicy Limits => Policy.LimitsFor(Order, Deed.Details.ClassCode);

    /// <summary>The limit asked for; its shape is checked by then.</summary>
    public TimeLimit? Limit => TimeLimit.Of(Asked.Limit?.Value, Asked.Limit?.Unit);

    public CallerAnswers? Answers => Asked is { Contacted: { } contacted, Solved: { } solved, Satisfied: { } satisfied }
        ? new(contacted, solved, Enum.GetValues<Satisfaction>().Single(s => s.Name() == satisfied))
        : null;

    /// <summary>The units named, lead first, without repeats; the lead is <paramref name="otherwise"/> where none is named. The Centre handles nothing itself.</summary>
    public Result<IReadOnlyList<UnitView>> FindUnits(Guid? otherwise = null)
    {
        var found = new List<UnitView>();
        var named = (Asked.CoUnits ?? []).Select((code, i) => (code: (string?)code, field: $"{Carry.CoUnits}[{i}]")).Prepend((Asked.Lead, Carry.Lead));
        foreach (var (code, field) in named)
        {
            var unit = code is null && field == Carry.Lead && otherwise is { } id ? Policy.Units.Find(id) : Policy.Units.Find(code);
            if (unit is not { IsClosed: false })
            {
                return OrderErrors.UnknownUnit(field);
            }

            if (unit.Kind == UnitKind.Centre)
            {
                return OrderErrors.UnitUnsuitable(field);
            }

            found.Add(unit);
        }

        return found.DistinctBy(u => u.Id).ToList();
    }

    /// <summary>A clock that starts now with this limit.</summary>
    public ClockTerms Starts(TimeLimit limit) => new(limit.Value, limit.Wire, At, Deadline.Of(limit, At, Policy.Calendar));

    public DateTimeOffset SignDue => Policy.Calendar.Add(At, Limits.SignLimit).At;
}
