using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Jiesu.Platform;

namespace Jiesu.Orders.Contracts;

/// <summary>批量操作内容: the fields of the action beside the orders that it is meant for; as <c>ids</c>, or as <c>items</c> with the versions seen.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BulkRequest : ActionRequest
{
    /// <summary>工单标识; each is done in the version that stands.</summary>
    [MaxLength(Most, ErrorMessage = "一次最多 500 件工单，请分批办理。")]
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>工单标识 with the version that was seen; a newer one is refused as stale.</summary>
    [MaxLength(Most, ErrorMessage = "一次最多 500 件工单，请分批办理。")]
    public IReadOnlyList<BulkTarget?>? Items { get; init; }

    /// <summary>批量上限.</summary>
    public const int Most = 500;
}

/// <summary>批量对象.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BulkTarget : IRequest
{
    public string? Id { get; init; }
    public int? Version { get; init; }
}
