using System.Text.Json;
using Jiesu.Identity.Domain;

namespace Jiesu.Identity.Contracts;

/// <summary>首条异常审计记录: where a file stops being true.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Seq">Number of the record in the chain; null where the line does not say.</param>
/// <param name="Reason">Chinese; what does not fit.</param>
public sealed record BadAuditRecord(int Line, long? Seq, string Reason);

/// <summary>
/// 审计文件: JSON lines. Each is a record with <c>seq</c>, <c>hash</c> and <c>record</c>; the last says how many there are. The first hash follows from 64 zeros,
/// each further one from the hash before it, the number and the text of the record (SM3).
/// </summary>
public static class AuditFile
{
    /// <summary>The first record that was changed, removed, inserted or moved; null when all is true. Needs nothing but the file.</summary>
    public static async Task<BadAuditRecord?> VerifyAsync(Stream file, CancellationToken ct = default)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var (line, last, previous) = (0, 0L, AuditChain.Genesis);
        while (await reader.ReadLineAsync(ct) is { } text)
        {
            line++;
            if (Read(text) is not { } entry)
            {
                return new(line, null, "这一行不是审计记录。");
            }

            if (entry.Count is { } count)
            {
                return count == last && entry.Hash == previous && await reader.ReadLineAsync(ct) is null ? null : new(line, null, "结尾与记录不符：记录有缺失，或结尾之后还有内容。");
            }

            if (Fault(entry, last, previous) is { } reason)
            {
                return new(line, entry.Seq, reason);
            }

            (last, previous) = (last + 1, entry.Hash!);
        }

        return new(line + 1, null, "文件没有结尾行：内容被截断。");
    }

    internal static string Write(long? seq, string? hash, AuditLine? record) => JsonSerializer.Serialize(new Entry(seq, hash, record, null), AuditChain.Json);

    internal static string WriteEnd(long count, string hash) => JsonSerializer.Serialize(new Entry(null, hash, null, count), AuditChain.Json);

    private static string? Fault(Entry entry, long last, string previous) => entry switch
    {
        { Seq: null } => "记录不在链中：它是插入的。",
        { Seq: var seq } when seq != last + 1 => $"应为第 {last + 1} 条：记录被删除、插入或调换。",
        { Record: null } => "记录已不存在：它被删除。",
        { Record: var record, Hash: var hash } when hash != AuditChain.Next(previous, last + 1, record.ToText()) => "哈希不符：记录被修改。",
        _ => null,
    };

    private static Entry? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Entry>(text, AuditChain.Json);
        }
        catch (JsonException)
        {
            return null;    // the caller says which line it is
        }
    }

    private sealed record Entry(long? Seq, string? Hash, AuditLine? Record, long? Count);
}
