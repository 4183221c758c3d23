using System.Text.Json;
using Jiesu.Platform;
using Jiesu.Platform.Ciphers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Jiesu.Identity.Domain;

/// <summary>密钥自检: the ring can be read and opens what is stored; without it callers are lost for good. Makes no ring where there is none.</summary>
internal sealed class KeysCheck(JiesuDb db, IConfiguration settings) : ISelfCheck
{
    private const int Sample = 20;

    public string Name => "密钥";

    public async Task<CheckResult> RunAsync(bool isThorough, CancellationToken ct)
    {
        var newest = db.Set<Caller>().AsNoTracking().Where(c => c.Name != null || c.Phone != null).OrderByDescending(c => c.Id);
        var callers = await (isThorough ? newest : newest.Take(Sample)).ToListAsync(ct);
        var path = IdentityModule.RingOf(settings);
        if (!File.Exists(path))
        {
            return callers.Count == 0 ? new("尚未生成，首次启动时生成") : new("keys/ring.json", "密钥环不存在，已存的诉求人无法解开。请从备份恢复 keys/ring.json。");
        }

        try
        {
            var cipher = new FieldCipher(KeyRing.Open(path), CipherSuite.Gm);
            var closed = callers.Count(c => !Callers.CanOpen(cipher, c));
            return new($"密钥环可读，试解 {callers.Count} 位诉求人", closed == 0 ? [] : [$"有 {closed} 位诉求人解不开。请核对 keys/ring.json 是否为本数据库的密钥环，或从备份恢复。"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or JsonException)
        {
            return new("keys/ring.json", $"密钥环不能读取（{e.GetType().Name}）。请核对文件权限为 0600 且属于运行程序的账号，或从备份恢复。");
        }
    }
}
