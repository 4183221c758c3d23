using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Domain;

/// <summary>审计封存: numbers and chains what was written since; so that the chain never holds up the act. Two at once do no harm: one of them begins again.</summary>
internal sealed class AuditSealer(JiesuDb db) : IJob
{
    private const int Batch = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        while (await SealBatchAsync(ct) == Batch)
        {
        }
    }

    private async Task<int> SealBatchAsync(CancellationToken ct)
    {
        var open = await db.Set<UnsealedRecord>().Join(db.Set<AuditRecord>(), u => u.AuditId, a => a.Id, (u, a) => new { u, a })
            .OrderBy(x => x.a.At).ThenBy(x => x.a.Id).Take(Batch).ToListAsync(ct);
        var last = await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(x => x.Seq).FirstOrDefaultAsync(ct);
        var (seq, hash) = (last?.Seq ?? 0, last?.Hash ?? AuditChain.Genesis);
        foreach (var record in open.Select(x => x.a))
        {
            hash = AuditChain.Next(hash, ++seq, AuditLine.Of(record).ToText());
            db.Add(new AuditSeal { Seq = seq, AuditId = record.Id, Hash = hash });
        }

        db.RemoveRange(open.Select(x => x.u));
        var saved = await db.TrySaveAsync(ct);
        db.ChangeTracker.Clear();
        return saved ? open.Count : Batch;
    }
}
