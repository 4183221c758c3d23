using System.Security.Cryptography;
using System.Text;

namespace Jiesu.Identity.Domain;

/// <summary>代办授权: a machine client may act in this role; at this unit, or at any.</summary>
internal sealed class ClientGrant
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string ClientId { get; init; }
    public required string Role { get; init; }

    /// <summary>Null: at any unit.</summary>
    public Guid? UnitId { get; init; }
}

/// <summary>客户端自有权限: what a machine client may do without acting for anyone.</summary>
internal sealed class ClientPermission
{
    public required string ClientId { get; init; }
    public required string Permission { get; init; }
}

/// <summary>代办身份: the one identity of a client in a role at a unit, so that another role counts as another person.</summary>
internal sealed class ClientPost
{
    public required Guid Id { get; init; }
    public required string ClientId { get; init; }

    /// <summary>Empty when the client acts as itself.</summary>
    public required string Role { get; init; }
    public required Guid UnitId { get; init; }

    public static ClientPost Of(string clientId, string role, Guid unitId) =>
        new() { Id = IdOf(clientId, role, unitId), ClientId = clientId, Role = role, UnitId = unitId };

    /// <summary>Made from its parts (UUID version 8), so that every node and every restart finds the same.</summary>
    private static Guid IdOf(string clientId, string role, Guid unitId)
    {
        Span<byte> id = SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId}\n{role}\n{unitId:N}")).AsSpan(0, 16);
        (id[6], id[8]) = ((byte)((id[6] & 0x0F) | 0x80), (byte)((id[8] & 0x3F) | 0x80));
        return new Guid(id, bigEndian: true);
    }
}
