using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Jiesu.Intelligence.Contracts;

namespace Jiesu.Intelligence.Features.Similar;

/// <summary>One text as the index holds it.</summary>
internal readonly record struct Indexed(Guid Id, DateTimeOffset At, DateTimeOffset LearnedAt, sbyte[] Vector);

/// <summary>相似索引: all vectors in memory, in blocks that never move; a search walks over all of them (howto-backend 2.7: no vector index pays).</summary>
internal sealed class SimilarIndex : IDisposable
{
    private const int BlockSize = 4096;
    private readonly List<Block> _blocks = [];
    private readonly Dictionary<Guid, int> _places = [];
    private readonly ReaderWriterLockSlim _door = new();

    public int Count => _places.Count;

    /// <summary>Adds texts; a known id is replaced, unless what is here is newer.</summary>
    public void Add(IEnumerable<Indexed> texts)
    {
        _door.EnterWriteLock();
        try
        {
            foreach (var text in texts)
            {
                var known = _places.TryGetValue(text.Id, out var place);
                if (!known)
                {
                    place = _places.Count;
                    _places.Add(text.Id, place);
                    if (place % BlockSize == 0)
                    {
                        _blocks.Add(new Block());
                    }
                }

                var block = _blocks[place / BlockSize];
                if (!known || block.LearnedAt[place % BlockSize] <= text.LearnedAt.UtcTicks)
                {
                    block.Put(place % BlockSize, text);
                }
            }
        }
        finally
        {
            _door.ExitWriteLock();
        }
    }

    public bool Knows(Guid id, DateTimeOffset learnedAt)
    {
        _door.EnterReadLock();
        try
        {
            return _places.TryGetValue(id, out var place) && _blocks[place / BlockSize].LearnedAt[place % BlockSize] >= learnedAt.UtcTicks;
        }
        finally
        {
            _door.ExitReadLock();
        }
    }

    /// <summary>The nearest texts, best first; equal scores in the order of ids. Scores are cosines, 0–1.</summary>
    public IReadOnlyList<SimilarText> Nearest(sbyte[] vector, Guid? except, int count, DateTimeOffset? since, double atLeast)
    {
        var length = Math.Sqrt(Dot(vector, vector));
        if (length == 0 || count <= 0)
        {
            return [];
        }

        var best = new PriorityQueue<SimilarText, SimilarText>(Comparer<SimilarText>.Create(WorseFirst));
        var from = since?.UtcTicks ?? long.MinValue;
        _door.EnterReadLock();
        try
        {
            for (var place = 0; place < _places.Count; place++)
            {
                var (block, at) = (_blocks[place / BlockSize], place % BlockSize);
                if (block.At[at] < from)
                {
                    continue;
                }

                var score = Dot(vector, block.Vectors.AsSpan(at * TextVector.Size, TextVector.Size)) / (length * block.Lengths[at]);
                if (score >= atLeast && block.Ids[at] != except)
                {
                    Keep(new(block.Ids[at], score));
                }
            }
        }
        finally
        {
            _door.ExitReadLock();
        }

        return [.. best.UnorderedItems.Select(x => x.Element).OrderDescending(Comparer<SimilarText>.Create(WorseFirst))];

        void Keep(SimilarText text)
        {
            best.Enqueue(text, text);
            if (best.Count > count)
            {
                best.Dequeue();
            }
        }
    }

    public void Dispose() => _door.Dispose();

    private static int WorseFirst(SimilarText? a, SimilarText? b) => a!.Score != b!.Score ? a.Score.CompareTo(b.Score) : b.Id.CompareTo(a.Id);

    /// <summary>Products are added up in sixteen bits as long as they fit, which halves the work.</summary>
    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        var left = MemoryMarshal.Cast<sbyte, Vector256<sbyte>>(a);
        var right = MemoryMarshal.Cast<sbyte, Vector256<sbyte>>(b);
        var sum = Vector256<short>.Zero;
        for (var i = 0; i < left.Length; i++)
        {
            var (lowLeft, highLeft) = Vector256.Widen(left[i]);
            var (lowRight, highRight) = Vector256.Widen(right[i]);
            sum += (lowLeft * lowRight) + (highLeft * highRight);
        }

        var (low, high) = Vector256.Widen(sum);
        return Vector256.Sum(low + high);
    }

    private sealed class Block
    {
        public Guid[] Ids { get; } = new Guid[BlockSize];
        public long[] At { get; } = new long[BlockSize];
        public long[] LearnedAt { get; } = new long[BlockSize];
        public float[] Lengths { get; } = new float[BlockSize];
        public sbyte[] Vectors { get; } = new sbyte[BlockSize * TextVector.Size];

        /// <summary>A text that says nothing has no length and is near to nothing.</summary>
        public void Put(int at, Indexed text)
        {
            (Ids[at], At[at], LearnedAt[at]) = (text.Id, text.At.UtcTicks, text.LearnedAt.UtcTicks);
            text.Vector.CopyTo(Vectors, at * TextVector.Size);
            Lengths[at] = Dot(text.Vector, text.Vector) is > 0 and var square ? MathF.Sqrt(square) : float.PositiveInfinity;
        }
    }
}
