using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Attachments;

/// <summary>附件自检: what the rows name lies in the store and is what was stored (REL-41).</summary>
internal sealed class FilesCheck(JiesuDb db, FileStore files) : ISelfCheck
{
    private const int Sample = 200;

    public string Name => "附件";

    public async Task<CheckResult> RunAsync(bool isThorough, CancellationToken ct)
    {
        var all = db.Set<Attachment>().AsNoTracking().Join(db.Set<WorkOrder>(), a => a.OrderId, o => o.Id, (a, o) => new { a.Hash, Owner = o.CaseNo })
            .Concat(db.Set<OrderImport>().AsNoTracking().Select(i => new { i.Hash, Owner = i.Id.ToString() }));
        var total = await all.CountAsync(ct);
        var looked = await (isThorough ? all : all.OrderBy(_ => EF.Functions.Random()).Take(Sample)).ToListAsync(ct);
        List<string> faults = [];
        foreach (var group in looked.GroupBy(f => f.Hash))
        {
            if (await FaultAsync(group.Key, ct) is { } fault)
            {
                faults.Add($"{string.Join("、", group.Select(f => f.Owner).Distinct().Order(StringComparer.Ordinal))} 的文件 {group.Key} {fault}。请从备份恢复 files/{group.Key[..2]}/{group.Key[2..]}。");
            }
        }

        return new($"核对 {looked.Count} 个，共 {total} 个{(looked.Count < total ? "；加 --all 核对全部" : "")}", faults);
    }

    private async Task<string?> FaultAsync(string hash, CancellationToken ct)
    {
        try
        {
            var opened = await files.OpenAsync(hash, ct);
            if (opened.Error is not null)
            {
                return "不存在";
            }

            await opened.Value.DisposeAsync();
            return null;
        }
        catch (DamagedFileException)
        {
            return "已损坏";
        }
    }
}
