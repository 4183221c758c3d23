using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Jiesu.Identity.Domain;

/// <summary>口令校验, a few at a time: hashing is slow on purpose, and must not take the whole machine.</summary>
internal sealed class Passwords(IOptions<IdentitySettings> settings) : IDisposable
{
    /// <summary>Compared with when there is no account, so that it costs the same.</summary>
    private static readonly Lazy<string> Decoy = new(() => PasswordHash.Of(Secrets.Token()));

    private readonly ConcurrencyLimiter _turns = new(new()
    {
        PermitLimit = settings.Value.ParallelHashes,
        QueueLimit = settings.Value.WaitingHashes,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public Task<string?> HashAsync(string password, CancellationToken ct) => InTurnAsync(() => PasswordHash.Of(password), ct);

    /// <summary>Null when too many wait. Without a stored hash the answer is no, after the same work.</summary>
    public Task<PasswordCheck?> CheckAsync(string password, string? stored, CancellationToken ct) => InTurnAsync(
        () => PasswordHash.Check(password, stored ?? Decoy.Value) is var check && stored is null ? PasswordCheck.Wrong : check, ct);

    public void Dispose() => _turns.Dispose();

    private async Task<T?> InTurnAsync<T>(Func<T> work, CancellationToken ct)
        where T : class
    {
        using var turn = await _turns.AcquireAsync(1, ct);
        return turn.IsAcquired ? await Task.Run(work, ct) : null;
    }
}
