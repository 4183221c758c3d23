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

    /// <summary>附件类型, one of <see cref="OrdersSettings.AttachmentTags"/> when it came.</summary>
    public string Tag { get; init; } = AttachmentTags.Other;

    /// <summary>拍摄时间 by the camera; null when it wrote none.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>拍摄位置 by the camera, degrees, WGS-84; null with <see cref="Lat"/>.</summary>
    public double? Lon { get; init; }
    public double? Lat { get; init; }
    public AttachmentState State { get; set; }

    /// <summary>A picture may be shown and a file given out only when it is known to be clean.</summary>
    public bool IsServed => State == AttachmentState.Ready;
}

/// <summary>附件状态.</summary>
internal enum AttachmentState
{
    /// <summary>可用.</summary>
    Ready,

    /// <summary>待查毒: the antivirus daemon did not answer when it came.</summary>
    Quarantined,

    /// <summary>含病毒: found when the daemon was back; never served.</summary>
    Infected,
}

/// <summary>附件类型.</summary>
internal static class AttachmentTags
{
    /// <summary>What a file is called when nobody says.</summary>
    public const string Other = "其他";

    public static IReadOnlyList<string> Of(OrdersSettings settings) =>
        [.. settings.AttachmentTags.Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(t => t != Other), Other];
}

/// <summary>标记秒: a moment of a recording and what is said there.</summary>
internal sealed class AttachmentMark
{
    public const int LongestLabel = 40;

    public required Guid Id { get; init; }
    public required Guid AttachmentId { get; init; }

    /// <summary>Seconds from the start, 0–86400.</summary>
    public required int Second { get; init; }
    public required string Label { get; init; }
    public required Guid ById { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>续传: a file on its way in pieces, bound to a person and an order. How far it came, its file in the folder says.</summary>
internal sealed class OrderUpload
{
    /// <summary>32 random hexadecimal digits: nobody guesses another's.</summary>
    public required string Id { get; init; }
    public required OrderId OrderId { get; init; }
    public required Guid ById { get; init; }
    public required string Name { get; init; }

    /// <summary>Content-Type of the client; null when it does not know.</summary>
    public required string? Type { get; init; }
    public required string? Tag { get; init; }

    /// <summary>Bytes of the whole file.</summary>
    public required long Length { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The attachment that it became; null until it is whole.</summary>
    public Guid? AttachmentId { get; set; }
}
