using Jiesu.Identity.Access;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Features.Audit;

/// <summary>审计导出: the whole chain as JSON lines, which <c>audit verify</c> proves without this house. The export is a record itself.</summary>
public static class ExportAudit
{
    internal static void MapApi(IEndpointRouteBuilder api) => api.MapGet("/audit/export", GetAsync).RequireAuthorization(Permissions.Audit);

    private static async Task<IResult> GetAsync(Actor actor, AuditLog audit, JiesuDb db, AuditSealer sealer, CancellationToken ct)
    {
        audit.Record(actor, "audit.export", "audit");
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        await sealer.RunAsync(ct);
        return TypedResults.Stream(stream => WriteAsync(db, stream, ct), "application/x-ndjson", "audit.jsonl");
    }

    internal static async Task WriteAsync(JiesuDb db, Stream stream, CancellationToken ct)
    {
        await using var file = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        var (count, hash) = (0L, AuditChain.Genesis);
        await foreach (var (seal, record) in SealedAsync(db).WithCancellation(ct))
        {
            await file.WriteLineAsync(AuditFile.Write(seal.Seq, seal.Hash, record).AsMemory(), ct);
            (count, hash) = (count + 1, seal.Hash);
        }

        await foreach (var record in StrayAsync(db).WithCancellation(ct))
        {
            await file.WriteLineAsync(AuditFile.Write(null, null, record).AsMemory(), ct);
        }

        await file.WriteLineAsync(AuditFile.WriteEnd(count, hash).AsMemory(), ct);
    }

    /// <summary>A seal whose record is gone goes out without it, so that the gap is seen.</summary>
    private static IAsyncEnumerable<(AuditSeal Seal, AuditLine? Record)> SealedAsync(JiesuDb db) =>
        db.Set<AuditSeal>().AsNoTracking().OrderBy(s => s.Seq)
            .LeftJoin(db.Set<AuditRecord>(), s => s.AuditId, r => r.Id, (s, r) => new { Seal = s, Record = r }).AsAsyncEnumerable()
            .Select(x => (x.Seal, x.Record is null ? null : AuditLine.Of(x.Record)));

    /// <summary>What stands in the table and was neither sealed nor waits for it was put there by other hands.</summary>
    private static IAsyncEnumerable<AuditLine> StrayAsync(JiesuDb db) =>
        db.Set<AuditRecord>().AsNoTracking()
            .Where(r => !db.Set<AuditSeal>().Any(s => s.AuditId == r.Id) && !db.Set<UnsealedRecord>().Any(u => u.AuditId == r.Id))
            .OrderBy(r => r.At).ThenBy(r => r.Id).AsAsyncEnumerable().Select(AuditLine.Of);
}
