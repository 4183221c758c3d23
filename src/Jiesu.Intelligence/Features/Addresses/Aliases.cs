using Jiesu.Intelligence.Features.Locate;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Addresses;

/// <summary>现用别名: read every minute at most; the same list while nothing changed, so that the tools made of it stay.</summary>
internal sealed class Aliases(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private IReadOnlyList<PlaceAlias> _known = [];

    public async Task<IReadOnlyList<PlaceAlias>> GetAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (clock.GetUtcNow() - _readAt >= Often)
            {
                await using var scope = scopes.CreateAsyncScope();
                var all = await scope.ServiceProvider.GetRequiredService<AliasReader>().ReadAsync(ct);
                PlaceAlias[] read = [.. all.Where(a => !a.IsOff).Select(a => new PlaceAlias(a.Name, a.Code))];
                _known = _known.SequenceEqual(read) ? _known : read;
                _readAt = clock.GetUtcNow();
            }

            return _known;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A person changed one; this node reads anew at the next question, others within a minute.</summary>
    public void Forget() => _readAt = DateTimeOffset.MinValue;

    public void Dispose() => _one.Dispose();
}
