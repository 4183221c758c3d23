using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Platform;

/// <summary>幂等应答: what was answered under a client's key; written in the transaction of the deed (REL-02).</summary>
public sealed class IdempotentAnswer
{
    public const int LongestKey = 128;

    /// <summary>Who sent it and for which deed: keys of two clients never meet.</summary>
    public required string Owner { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of the body as it was understood, hexadecimal.</summary>
    public required string BodyHash { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The answer as JSON; set before the save.</summary>
    public string Answer { get; set; } = "";
}

/// <summary>Finds the earlier answer to a key, or keeps a place for the one to come.</summary>
public sealed class Idempotency(JiesuDb db, TimeProvider clock)
{
    public static Error KeyMissing() => new(ErrorKind.Invalid, "request.key_missing", "请在 Idempotency-Key 中写明客户端键，最长 128 个字符。", "Idempotency-Key");
    public static Error KeyUsed() => new(ErrorKind.Unprocessable, "request.key_used", "这个 Idempotency-Key 已用于另一份内容，请换一个新的键。", "Idempotency-Key");

    /// <summary>
    /// The earlier answer; or, when the key is new, an entry already added to the session: set its <see cref="IdempotentAnswer.Answer"/>, then save.
    /// When that save finds the key taken after all (two at once), ask again.
    /// </summary>
    public async Task<Result<KeyClaim>> ClaimAsync(string owner, string? key, object body, CancellationToken ct)
    {
        var entry = EntryOf(owner, key, body);
        if (entry.Error is not null)
        {
            return entry.Error;
        }

        var earlier = await FindEarlierAsync(entry.Value, ct);
        if (earlier.Error is not null || earlier.Value.Earlier is not null)
        {
            return earlier;
        }

        db.Add(entry.Value);
        return new KeyClaim(null, entry.Value);
    }

    /// <summary>For hot paths: an entry added to the session without looking first. When the save finds the key taken, ask <see cref="FindEarlierAsync"/>.</summary>
    public Result<IdempotentAnswer> Place(string owner, string? key, object body)
    {
        var entry = EntryOf(owner, key, body);
        if (entry.IsSuccess)
        {
            db.Add(entry.Value);
        }

        return entry;
    }

    /// <summary>The answer that stands under the key of this entry, or the entry itself when there is none.</summary>
    public async Task<Result<KeyClaim>> FindEarlierAsync(IdempotentAnswer entry, CancellationToken ct)
    {
        var earlier = await db.Set<IdempotentAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.Owner == entry.Owner && a.Key == entry.Key, ct);
        return earlier is null ? new KeyClaim(null, entry)
            : earlier.BodyHash == entry.BodyHash ? new KeyClaim(earlier.Answer, null)
            : KeyUsed();
    }

    private Result<IdempotentAnswer> EntryOf(string owner, string? key, object body) =>
        string.IsNullOrWhiteSpace(key) || key.Length > IdempotentAnswer.LongestKey
            ? KeyMissing()
            : new IdempotentAnswer
            {
                Owner = owner,
                Key = key,
                BodyHash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType()))),
                At = clock.GetUtcNow(),
            };
}

/// <summary>Exactly one of the two is there.</summary>
public sealed record KeyClaim(string? Earlier, IdempotentAnswer? Fresh);
