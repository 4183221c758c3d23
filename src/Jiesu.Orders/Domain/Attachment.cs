using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>附件: a file of an order; its content lies in the file store under its hash.</summary>
internal sealed class Attachment
{
    public required Guid Id { get; init; }
    public required OrderId OrderId { get; init; }

    /// <summary>文件名, normalised.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Extension, lower case.</summary>
    public required string Kind { get; init; }

    /// <summary>SHA-256, hexadecimal.</summary>
    public required string Hash { get; init; }
    public required Guid ById { get; init; }
    public required Guid ByUnitId { get; init; }
    public required DateTimeOffset At { get; init; }
}
