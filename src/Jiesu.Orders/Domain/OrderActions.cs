namespace Jiesu.Orders.Domain;

/// <summary>工单操作. The word of the wire is the name in kebab case: <c>UnitReturn</c> is <c>unit-return</c>.</summary>
internal enum OrderAction
{
    Create, Accept, Correct, Answer, Refuse, ReturnUp, Dispatch, Sign, UnitReturn, DecideReturn, Redispatch, Objection, Reassign, SubDispatch, AddHandler, Contact, Meet,
    Whistle, ReportIn, Extend, Pause, Resume, Hold, Release, SubmitReply, UnitReview, PreCallback, FinalReview, Receipt, CityReject, CallbackResult, Rework, Exclusion,
    Appeal, Urge, Supervise, SuperviseFeedback, SuperviseReturn, SuperviseReview, Escalate, Instruct, Cancel, Merge, Unmerge, Follow, Link, Archive, Reopen, FieldCheck, Recalculate,
}

/// <summary>处理结论: what was decided and, where the guide tells them apart, about what.</summary>
internal enum OrderOutcome
{
    Approve, ApproveUp, ApproveLocal, ApproveCity, Reject, RejectUp,

    /// <summary>Granted by one of several; the next one decides.</summary>
    Forward, ForwardUp, ForwardShare,

    /// <summary>撤回: taken back by the unit that applied.</summary>
    Withdrawn,

    /// <summary>A helper gives back its own share; the order does not move.</summary>
    ApproveShare, RejectShare,

    /// <summary>转办: a return is granted and the order goes to another unit at once.</summary>
    Transfer,

    /// <summary>联合派发: lead and co-units together.</summary>
    Joint,

    /// <summary>The acting unit is a helper or a child: its own share moves, the order does not.</summary>
    Share,

    /// <summary>Dispatched before.</summary>
    Again,

    /// <summary>Units below the acting one: nobody has to agree.</summary>
    Below,

    /// <summary>The last of several: what stood beside the state ends.</summary>
    Complete,

    /// <summary>挂账复核: it stays on hold until another day.</summary>
    Continue,

    /// <summary>并入: the side of the order that survives a merge.</summary>
    Absorb,

    /// <summary>虚假办结: the check found that nothing was done.</summary>
    FalseClose,

    /// <summary>Solved and not dissatisfied.</summary>
    Content,
    Discontent,

    /// <summary>Discontent once more, when the order may not be reworked again.</summary>
    Exhausted,

    /// <summary>The caller was not reached; more tries are left.</summary>
    NotReached,

    /// <summary>The caller was not reached for the last time.</summary>
    GivenUp,
}
