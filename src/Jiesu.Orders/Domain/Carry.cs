namespace Jiesu.Orders.Domain;

/// <summary>What a step may carry, named as on the wire.</summary>
internal static class Carry
{
    public const string Lead = "lead";
    public const string CoUnits = "coUnits";
    public const string Limit = "limit";
    public const string Note = "note";
    public const string ClassL3 = "classL3";
    public const string Decision = "decision";
    public const string Opinion = "opinion";
    public const string Result = "result";
    public const string Contacted = "contacted";
    public const string Solved = "solved";
    public const string Satisfied = "satisfied";
    public const string Reason = "reason";
    public const string ReasonCode = "reasonCode";
    public const string ProposedUnit = "proposedUnit";
    public const string Basis = "basis";
    public const string Attachments = "attachments";
    public const string MasterOrderId = "masterOrderId";
    public const string Until = "until";
    public const string Form = "form";

    /// <summary>撤回: the third answer to <see cref="Decision"/>, by the unit that applied.</summary>
    public const string Withdraw = "withdraw";
    public const string Level = "level";
    public const string RequestType = "requestType";
    public const string Urgency = "urgency";
    public const string Town = "town";
    public const string Community = "community";
    public const string Address = "address";
    public const string PointName = "pointName";
    public const string LonLat = "lonLat";

    /// <summary>更正内容: what says which matter it is, and where.</summary>
    public static IReadOnlyList<string> Facts { get; } = [RequestType, ClassL3, Urgency, Town, Community, Address, PointName, LonLat];
}
