using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.Read;

/// <summary>工单: an order as the wire and the pages show it; names of contract.md. The caller is masked; codes have their names beside them.</summary>
/// <param name="Unit">责任单位代码: never empty.</param>
/// <param name="Deadline">截止时间; null without a running clock.</param>
/// <param name="Lamp">green, yellow, orange or red; null without a running clock.</param>
/// <param name="Caller">脱敏; null when nothing was told.</param>
/// <param name="Channel">受理渠道 as it came.</param>
/// <param name="Satisfied">满意, 基本满意 or 不满意.</param>
internal sealed record OrderView(
    OrderId Id, string CaseNo, string? OrderNo, OrderState State, string StateName, int Version, string Unit, string UnitName, DateTimeOffset? Deadline, string? Lamp,
    IReadOnlyList<string> Overlays, IReadOnlyList<AssignmentView> Assignments, OrderId? MasterOrderId, MaskedCaller? Caller,
    string Title, string Content, string Channel, string ChannelName, string? RequestType, string? Urgency, string? Address, string? PointName,
    string? Town, string? TownName, string? Community, string? CommunityName, LonLat? LonLat, string? ClassL3, string? ClassName, string? ClassPath,
    bool IsSecret, bool NeedReply, int OriginType, DateTimeOffset CallTime, DateTimeOffset ReceivedAt, DateTimeOffset? FirstContactAt, DateTimeOffset? ClosedAt, bool? WasLate,
    int Round, CountersView Counters, bool ValidCallback, bool? Contacted, bool? Solved, string? Satisfied, bool Excluded, string? Result)
{
    /// <summary>附加文本: columns of an import that nobody mapped, by their heads.</summary>
    public IReadOnlyDictionary<string, string>? Extra { get; init; }
}

/// <summary>派件.</summary>
/// <param name="Role">Lead, Co or Sub.</param>
internal sealed record AssignmentView(Guid Id, Guid? ParentId, string Unit, string UnitName, AssignmentRole Role, AssignmentState State, int Round, DateTimeOffset? Deadline, DateTimeOffset? SignedAt);

/// <summary>次数.</summary>
internal sealed record CountersView(int Dispatches, int Returns, int Reworks, int Urges, int CallbackAttempts);

/// <summary>Turns orders into views with what this moment calls things.</summary>
internal sealed class OrderWords(UnitTree units, CatalogueDay catalogue, IReadOnlyDictionary<CallerId, MaskedCaller> callers, DateTimeOffset now)
{
    public OrderView Describe(WorkOrder o)
    {
        var (unit, problem) = (units.Find(o.UnitId), catalogue.FindClass(o.ClassCode));
        return new(
            o.Id, o.CaseNo, o.OrderNo, o.State, o.State.Name(), o.Version, CodeOf(unit), unit?.Name ?? "", o.DueAt, Lamp.Of(o.ClockStartedAt, o.DueAt, now)?.Wire(),
            o.Overlays.Wire(), [.. o.Assignments.OrderBy(a => a.AssignedAt).ThenBy(a => a.Id).Select(Describe)], o.MasterOrderId, CallerOf(o),
            o.Title, o.Content, o.Channel, catalogue.FindItem(DictionaryNames.Channels, o.Channel)?.Name ?? o.Channel, o.RequestType, o.Urgency, o.Address, o.PointName,
            o.TownCode, NameOf(o.TownCode), o.CommunityCode, NameOf(o.CommunityCode), o.Lon is null ? null : new(o.Lon, o.Lat), o.ClassCode, problem?.Name, problem?.Path,
            o.IsSecret, o.NeedReply, (int)o.OriginType, o.CallTime, o.ReceivedAt, o.FirstContactAt, o.ClosedAt, o.WasLate,
            o.Round, new(o.Dispatches, o.Returns, o.Reworks, o.Urges, o.CallbackAttempts), o.HasValidCallback, o.Contacted, o.Solved, o.Satisfied?.Name(), o.IsExcluded, o.ReplyText)
        {
            Extra = o.ExtraText is { } extra ? JsonSerializer.Deserialize<Dictionary<string, string>>(extra) : null,
        };
    }

    private AssignmentView Describe(Assignment a)
    {
        var unit = units.Find(a.UnitId);
        return new(a.Id, a.ParentId, CodeOf(unit), unit?.Name ?? "", a.Role, a.State, a.Round, a.DueAt, a.SignedAt);
    }

    private static string CodeOf(UnitView? unit) => unit is null ? "" : unit.Code.Value;

    private string? NameOf(string? place) => catalogue.FindPlace(place)?.Name;

    private MaskedCaller? CallerOf(WorkOrder o) => o.CallerId is { } id ? callers.GetValueOrDefault(id) : null;
}
