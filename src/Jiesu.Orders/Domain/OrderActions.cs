namespace Jiesu.Orders.Domain;

/// <summary>工单操作. The word of the wire is the name in kebab case: <c>UnitReturn</c> is <c>unit-return</c>.</summary>
internal enum OrderAction
{
    Create, Accept, Answer, Refuse, ReturnUp, Dispatch, Sign, UnitReturn, DecideReturn, Redispatch, SubDispatch, AddHandler, Contact, Meet, Whistle, ReportIn,
    Extend, Pause, Resume, Hold, Release, SubmitReply, UnitReview, PreCallback, FinalReview, Receipt, CityReject, CallbackResult, Rework, Exclusion, Appeal, Urge,
    Supervise, Escalate, Instruct, Cancel, Merge, Link, Archive, Reopen, FieldCheck,
}

/// <summary>处理结论: what was decided and, where the guide tells them apart, about what.</summary>
internal enum OrderOutcome
{
    Approve, ApproveUp, ApproveLocal, ApproveCity, Reject, RejectUp,

    /// <summary>联合派发: lead and co-units together.</summary>
    Joint,

    /// <summary>The acting unit is a helper or a child: its own share moves, the order does not.</summary>
    Share,

    /// <summary>Dispatched before.</summary>
    Again,

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
