using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>How an order moves: one door, which writes state, history, clock and what the rooms above hear.</summary>
internal sealed partial class WorkOrder
{
    /// <summary>A row of the table that does nothing but move.</summary>
    public Result<Done> Take(OrderStep step, Deed deed) => Move(step, deed);

    /// <summary>The guard without moving: permission → version → state.</summary>
    public Error? Refuses(OrderStep step, Deed deed) =>
        !deed.Actor.Can(step.Permission) ? OrderErrors.NotPermitted()
        : deed.Seen is null ? OrderErrors.VersionMissing()
        : deed.Seen != Version ? OrderErrors.Changed()
        : !step.From.Contains(State) || !step.Fits(Overlays) ? OrderErrors.NotNow(State)
        : null;

    /// <summary>The only way to change <see cref="State"/>: the table is obeyed, the history is complete, everybody concerned hears of it.</summary>
    private Result<Done> Move(OrderStep step, Deed deed, Action? effect = null)
    {
        if (Refuses(step, deed) is { } refusal)
        {
            return refusal;
        }

        var (from, concerned) = (State, Concerned().ToHashSet());
        var to = step.To ?? from;
        Record(step, from, to, deed);
        State = to;
        Overlays = (Overlays & ~(step.Closes ?? OrderOverlay.None)) | (step.Opens ?? OrderOverlay.None) | (step.Sets ?? OrderOverlay.None);
        Wind(step, deed);
        effect?.Invoke();
        if (from != to)
        {
            Arrive(from, deed);
        }

        concerned.UnionWith(Concerned());
        Raise(new OrderMoved(Guid.CreateVersion7(), deed.At, Id, step.Id, step.Action.Wire(), step.Outcome?.ToString(), to.ToString(), UnitId, [.. concerned], ClassCode));
        Version++;
        return default(Done);
    }

    private void Record(OrderStep step, OrderState? from, OrderState to, Deed deed) => _history.Add(new OrderEvent
    {
        OrderId = Id,
        Seq = NextSeq(),
        StepId = step.Id,
        Action = step.Action,
        Outcome = step.Outcome,
        FromState = from,
        ToState = to,
        Clock = step.Clock,
        ActorId = deed.Actor.PersonId,
        ActorUnitId = deed.Actor.UnitId,
        At = deed.At,
        Note = deed.Note,
        ReasonCode = deed.ReasonCode,
        Details = deed.Details.Write(),
    });

    /// <summary>What the step does to the clock; <see cref="Deadline.From"/> reads the same from the history.</summary>
    private void Wind(OrderStep step, Deed deed)
    {
        var (details, promised) = (deed.Details, DueAt ?? StoppedDueAt);
        if (step.Clock == ClockEffect.Stops)
        {
            DecideLateness(promised);
            (DueAt, ClockStartedAt, ClockStoppedAt, StoppedDueAt, StopUntil) = (null, null, null, promised, null);
        }
        else if (details.StopsClock == true)
        {
            (DueAt, ClockStoppedAt, StoppedDueAt, StopUntil) = (null, ClockStoppedAt ?? deed.At, promised, details.Until);
        }
        else if (details.Clock is { } terms)
        {
            (DueAt, ClockStartedAt) = (terms.DueAt, terms.IsCarried ? ClockStartedAt : terms.Start);
        }
        else if (details.DueAt is { } due && (step.Clock == ClockEffect.Resumes || ClockStoppedAt is null))
        {
            (DueAt, ClockStoppedAt, StoppedDueAt, StopUntil) = (due, null, null, null);
            ClockStartedAt ??= deed.At;
        }
        else if (details.DueAt is { } later)
        {
            StoppedDueAt = later;    // prolonged while it stands still
        }

        Plan(deed.At);
    }

    /// <summary>是否超期: decided once, by the submission that is now approved. While the clock stood still nobody became late.</summary>
    private void DecideLateness(DateTimeOffset? promised)
    {
        if (SubmittedAt is { } submitted && promised is { } due)
        {
            WasLate ??= (ClockStoppedAt < submitted ? ClockStoppedAt : submitted) > due;
        }
    }

    /// <summary>提醒: a clock that changed has its warnings ahead of it; those that are past are not given again.</summary>
    private void Plan(DateTimeOffset at)
    {
        var next = DueAt is { } due && ClockStartedAt is { } start ? ReminderPlan.Next(start, due, at) : null;
        (NextReminderAt, ReminderStage) = (next?.At, next?.Stage ?? ReminderStage);
    }

    /// <summary>What reaching a state means for everybody, whichever step led there.</summary>
    private void Arrive(OrderState from, Deed deed)
    {
        if (OrderLifeCycle.Finished.Contains(State) && !OrderLifeCycle.Finished.Contains(from))
        {
            Finish(deed.At);
        }

        var isPreCallback = State == OrderState.PendingPreCallback;
        if (isPreCallback || State == OrderState.PendingCallback)
        {
            CallbackAttempts = isPreCallback ? CallbackAttempts : 0;
            Raise(new OrderAwaitsCallback(Guid.CreateVersion7(), deed.At, Id, UnitId, Round, isPreCallback, OriginType == OriginType.Local));
        }

        if (State == OrderState.Closed)
        {
            (ClosedAt, WasLate) = (deed.At, WasLate ?? false);
            Raise(new OrderClosed(Guid.CreateVersion7(), deed.At, Id, UnitId, WasLate.Value));
        }
    }

    /// <summary>Shares end; what was applied for and not decided lapses, except what concerns the score.</summary>
    private void Finish(DateTimeOffset at)
    {
        Live.ToList().ForEach(a => a.End(at));
        Lapse(at, k => k is not (ApplicationKind.Exclusion or ApplicationKind.Appeal));
        _whistles.Where(w => w.IsOpen).ToList().ForEach(w => w.Lapse(at));
        _supervisions.ForEach(s => s.Close(at));
        StopUntil = null;
        Overlays &= OrderOverlay.ExclusionApplied | OrderOverlay.Appealed;
    }

    /// <summary>What was applied for and cannot be granted any more is over.</summary>
    private void Lapse(DateTimeOffset at, Func<ApplicationKind, bool> isOver)
    {
        foreach (var application in _applications.Where(a => a.IsOpen && isOver(a.Kind)).ToArray())
        {
            application.Lapse(at);
            Overlays &= ~OverlayOf(application.Kind);
        }
    }

    private IEnumerable<Guid> Concerned() => Live.Select(a => a.UnitId).Prepend(UnitId);
}
