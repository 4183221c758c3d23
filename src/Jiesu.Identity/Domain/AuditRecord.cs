using System.Text.Json;
using Jiesu.Platform;

namespace Jiesu.Identity.Domain;

/// <summary>审计结果.</summary>
internal enum AuditResult { Done, Refused }

/// <summary>审计记录 (SEC-50): who did what to what, from where, with what outcome. Written once.</summary>
internal sealed class AuditRecord : IAppendOnly
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required DateTimeOffset At { get; init; }

    /// <summary>Null when nobody was signed in.</summary>
    public Guid? PersonId { get; init; }
    public Guid? UnitId { get; init; }
    public string Role { get; init; } = "";
    public string Session { get; init; } = "";

    /// <summary>来源地址.</summary>
    public string Source { get; init; } = "";
    public required string Act { get; init; }
    public required string Subject { get; init; }

    /// <summary>Purpose, reason, before and after; no personal data.</summary>
    public string Detail { get; init; } = "";
    public AuditResult Result { get; init; }
    public string TraceId { get; init; } = "";
}

/// <summary>待封存: a record that the chain does not hold yet; goes away with its seal.</summary>
internal sealed class UnsealedRecord
{
    public required Guid AuditId { get; init; }
}

/// <summary>封存: the place of a record in the chain. Each hash covers the record and the hash before it (SEC-51).</summary>
internal sealed class AuditSeal : IAppendOnly
{
    public required long Seq { get; init; }
    public required Guid AuditId { get; init; }

    /// <summary>SM3, hexadecimal.</summary>
    public required string Hash { get; init; }
}

/// <summary>审计行: a record as it leaves the house; its text is what the hash covers.</summary>
internal sealed record AuditLine(
    Guid Id, DateTimeOffset At, Guid? PersonId, Guid? UnitId, string Role, string Session, string Source, string Act, string Subject, string Detail, string Result, string TraceId)
{
    public static AuditLine Of(AuditRecord r) =>
        new(r.Id, r.At.ToUniversalTime(), r.PersonId, r.UnitId, r.Role, r.Session, r.Source, r.Act, r.Subject, r.Detail, r.Result.ToString(), r.TraceId);

    /// <summary>Always the same bytes for the same record: fields in this order, instants in UTC.</summary>
    public string ToText() => JsonSerializer.Serialize(this, AuditChain.Json);
}
