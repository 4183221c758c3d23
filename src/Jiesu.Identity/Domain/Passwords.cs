using Jiesu.Platform.Ciphers;
using Microsoft.Extensions.Options;

namespace Jiesu.Identity.Domain;

/// <summary>Outcome of a comparison; an old hash has a lower cost than today's and is renewed at sign-in.</summary>
internal sealed record PasswordCheck(bool IsRight, bool IsOld);

/// <summary>口令校验: hashing is slow on purpose, so only so many may wait for their turn; the others are told to come back.</summary>
internal sealed class Passwords(PasswordHasher hasher, IOptions<IdentitySettings> settings)
{
    /// <summary>Compared with when there is no account, so that it costs the same.</summary>
    private readonly Lazy<Task<string>> _decoy = new(() => hasher.HashAsync(Secrets.Token(), CancellationToken.None));
    private int _waiting;

    /// <summary>Null when too many wait.</summary>
    public Task<string?> HashAsync(string password, CancellationToken ct) => InTurnAsync(() => hasher.HashAsync(password, ct));

    /// <summary>Null when too many wait. Without a stored hash the answer is no, after the same work.</summary>
    public Task<PasswordCheck?> CheckAsync(string password, string? stored, CancellationToken ct) => InTurnAsync(async () =>
    {
        var isRight = await hasher.VerifyAsync(stored ?? await _decoy.Value, password, ct);
        return new PasswordCheck(isRight && stored is not null, stored is not null && hasher.NeedsRehash(stored));
    });

    private async Task<T?> InTurnAsync<T>(Func<Task<T>> work)
        where T : class
    {
        try
        {
            return Interlocked.Increment(ref _waiting) <= settings.Value.WaitingHashes ? await work() : null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
