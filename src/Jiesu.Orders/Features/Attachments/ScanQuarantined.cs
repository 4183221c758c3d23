using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Files;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Jiesu.Orders.Features.Attachments;

/// <summary>补查毒: what came while the antivirus daemon was away; until then nobody may have it (SEC-80).</summary>
internal sealed partial class ScanQuarantined(JiesuDb db, FileStore files, IVirusScan scan, ILogger<ScanQuarantined> log) : IJob
{
    private const int AtOnce = 50;

    public async Task RunAsync(CancellationToken ct)
    {
        var waiting = await db.Set<Attachment>().Where(a => a.State == AttachmentState.Quarantined).OrderBy(a => a.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var file in waiting)
        {
            var content = await files.OpenAsync(file.Hash, ct);
            if (content.Error is not null)
            {
                continue;            // the self-check names what is missing
            }

            await using var opened = content.Value;
            var verdict = await scan.ScanAsync(opened, ct);
            if (verdict == ScanVerdict.Unknown)
            {
                return;              // the daemon is still away; asking for each file would take a minute each
            }

            file.State = verdict == ScanVerdict.Clean ? AttachmentState.Ready : AttachmentState.Infected;
            await db.SaveChangesAsync(ct);
            if (file.State == AttachmentState.Infected)
            {
                Infected(file.Id, file.OrderId.Value);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The attachment {Attachment} of order {Order} is infected and stays closed.")]
    private partial void Infected(Guid attachment, Guid order);
}
