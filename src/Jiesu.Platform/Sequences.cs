using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Platform;

/// <summary>序号: the next free number under a name.</summary>
public sealed class Sequence
{
    public required string Name { get; init; }
    public long Next { get; set; }
}

/// <summary>
/// Numbers that no two callers share, on any number of nodes: each node takes a block in a transaction of its own and gives from memory.
/// A stopped node leaves a gap; a number is never given again, not even after a rollback.
/// </summary>
public sealed class Sequences(IServiceScopeFactory scopes) : IDisposable
{
    private const int BlockSize = 200;
    private readonly ConcurrentDictionary<string, Block> _blocks = new();
    private readonly SemaphoreSlim _one = new(1);

    public async Task<long> NextAsync(string name, CancellationToken ct) => (await NextAsync(name, 1, ct))[0];

    /// <summary>So many numbers, rising; between two of them others may have theirs.</summary>
    public async Task<IReadOnlyList<long>> NextAsync(string name, int count, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var numbers = new List<long>(count);
            var block = _blocks.GetValueOrDefault(name);
            while (numbers.Count < count)
            {
                if (block.Left == 0)
                {
                    var size = Math.Max(BlockSize, count - numbers.Count);
                    block = new(await TakeBlockAsync(name, size, ct), size);
                }

                numbers.Add(block.Next);
                _blocks[name] = block = new(block.Next + 1, block.Left - 1);
            }

            return numbers;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<long> TakeBlockAsync(string name, int size, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var next = await db.WriteAsync(
            () => db.Database.SqlQueryRaw<long>(
                "INSERT INTO platform_sequence (name, next) VALUES ({0}, {1}) ON CONFLICT (name) DO UPDATE SET next = platform_sequence.next + {2} RETURNING next AS \"Value\"",
                name, 1L + size, (long)size).ToListAsync(ct), ct);
        return next.Single() - size;
    }

    private readonly record struct Block(long Next, int Left);
}
