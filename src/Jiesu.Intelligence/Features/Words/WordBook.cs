using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>词条 as the advice uses it.</summary>
/// <param name="Shown">What a keyword is called: the 标准词, or the term itself.</param>
internal sealed record DictionaryWord(string Term, string Shown, bool IsStop);

/// <summary>现用词典: read every three seconds at most; the same list while nothing changed, so that the tools made of it stay.</summary>
internal sealed class WordBook(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    /// <summary>So late another node may learn of a change.</summary>
    internal static readonly TimeSpan Often = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private IReadOnlyList<DictionaryWord> _known = [];

    public async Task<IReadOnlyList<DictionaryWord>> GetAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (clock.GetUtcNow() - _readAt >= Often)
            {
                await using var scope = scopes.CreateAsyncScope();
                var stored = await scope.ServiceProvider.GetRequiredService<JiesuDb>().Set<StoredWord>().AsNoTracking().Where(w => !w.IsOff).OrderBy(w => w.Term).ThenBy(w => w.Id)
                    .Select(w => new { w.Term, w.Canonical, w.Kind }).ToListAsync(ct);
                var read = stored.ConvertAll(w => new DictionaryWord(w.Term, w.Canonical ?? w.Term, w.Kind == WordKind.Stop));
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

    /// <summary>A person changed a word; this node reads anew at the next question.</summary>
    public void Forget() => _readAt = DateTimeOffset.MinValue;

    public void Dispose() => _one.Dispose();
}
