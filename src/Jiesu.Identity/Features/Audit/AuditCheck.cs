using System.IO.Pipelines;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;

namespace Jiesu.Identity.Features.Audit;

/// <summary>审计链自检: the export of now is proved as <c>audit verify</c> proves a file, while it is written.</summary>
internal sealed class AuditCheck(JiesuDb db) : ISelfCheck
{
    public string Name => "审计链";

    public async Task<CheckResult> RunAsync(bool isThorough, CancellationToken ct)
    {
        var pipe = new Pipe();
        var writing = WriteAsync(pipe.Writer, ct);
        await using var reader = pipe.Reader.AsStream();
        var fault = await AuditFile.VerifyAsync(reader, ct);
        await pipe.Reader.CompleteAsync();      // at the first fault nobody reads on
        await writing;
        return new("逐条核验", fault is null ? [] : [$"第 {fault.Seq?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} 条：{fault.Reason}请保留现场，由审计管理员导出后用 audit verify 核验，并与备份比对。"]);
    }

    private async Task WriteAsync(PipeWriter writer, CancellationToken ct)
    {
        try
        {
            await using var stream = writer.AsStream(leaveOpen: true);
            await ExportAudit.WriteAsync(db, stream, ct);
        }
        finally
        {
            await writer.CompleteAsync();       // else the reader would wait for ever
        }
    }
}
