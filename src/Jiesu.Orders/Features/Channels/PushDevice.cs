namespace Jiesu.Orders.Features.Channels;

/// <summary>推送设备: a browser that a person allowed to show notices (RFC 8030 subscription).</summary>
internal sealed class PushDevice
{
    public const int LongestEndpoint = 1_000;
    public const int LongestName = 200;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }

    /// <summary>Where the browser's push service takes messages for it; unique.</summary>
    public required string Endpoint { get; init; }

    /// <summary>公钥 (P-256) of the browser, base64url.</summary>
    public required string P256dh { get; init; }

    /// <summary>鉴权密钥, 16 bytes, base64url.</summary>
    public required string Auth { get; init; }

    /// <summary>设备名称: the browser as it calls itself.</summary>
    public required string Name { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>最近送达, UTC.</summary>
    public DateTimeOffset? LastSentAt { get; set; }
}
