namespace Jiesu.Orders.Domain;

/// <summary>工单状态 (hotline guide 2.2).</summary>
internal enum OrderState
{
    Draft, Received, PendingDispatch, PendingSign, Handling, PendingUnitReview, PendingPreCallback, PendingFinalReview,
    Submitted, PendingCallback, Rework, OnHold, Closed, Archived, ReturnedToCity, NotAccepted, Cancelled,
}

/// <summary>附加状态: stands beside the state (hotline guide 2.2). The kinds of return are one word outside: <c>ReturnApplied</c>.</summary>
[Flags]
internal enum OrderOverlay
{
    None = 0,
    ReturnApplied = 1,
    ReturnUpApplied = 2,
    ExtensionApplied = 4,
    HoldApplied = 8,
    ExclusionApplied = 16,
    Appealed = 32,
    Urged = 64,
    Supervised = 128,
    RefuseApplied = 256,
    CancelApplied = 512,
    Paused = 1 << 10,
    Whistled = 1 << 11,
    Escalated = 1 << 12,
    Instructed = 1 << 13,
    Merged = 1 << 14,
    AddHandlerApplied = 1 << 15,

    /// <summary>A helper asks to give back its own share.</summary>
    ShareReturnApplied = 1 << 16,
    ObjectionApplied = 1 << 17,
}

/// <summary>派件状态.</summary>
internal enum AssignmentState { PendingSign, Handling, Replied, Returned, Ended }

/// <summary>工单性质: 主办 Lead, 协办 Co, 下派 Sub (a child below a lead or a co-unit), 吹哨 Whistle (a department that was called in).</summary>
internal enum AssignmentRole { Lead, Co, Sub, Whistle }

/// <summary>工单来源 (hotline guide 0): 0 本地录入, 1 区分转, 2 市直派; the number is the word of the wire.</summary>
internal enum OriginType { Local = 0, Forwarded = 1, CityDirect = 2 }

/// <summary>满意度.</summary>
internal enum Satisfaction { Satisfied, MostlySatisfied, Dissatisfied }
