using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>批量办理: one action for many orders. Kept before the first is touched, so that after a crash it says which are done.</summary>
internal sealed class BulkRun
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid ById { get; init; }
    public required Guid ByUnitId { get; init; }
    public required string ByRole { get; init; }

    /// <summary>幂等键 of the client; one run of a person has it.</summary>
    public required string Key { get; init; }
    public required OrderAction Action { get; init; }

    /// <summary>操作内容, as the client sent it.</summary>
    public required string Asked { get; init; }

    /// <summary>SHA-256 of action and content, hexadecimal.</summary>
    public required string AskedHash { get; init; }

    /// <summary>工单标识, in the order of the client, as JSON.</summary>
    public required string Ids { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>批量办理结果 for one order; written in the transaction of the deed.</summary>
internal sealed class BulkItem
{
    public required Guid RunId { get; init; }
    public required OrderId OrderId { get; init; }

    /// <summary>As over HTTP: 200 done, 404 absent or out of scope, 409 …</summary>
    public required int Status { get; init; }

    /// <summary>拒绝代码; null when done.</summary>
    public string? Code { get; init; }

    /// <summary>中文; what to do.</summary>
    public string? Message { get; init; }
}
