using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Jiesu.Platform;

/// <summary>
/// 实时通知: tells open pages that something under a topic changed (<c>unit/…</c>); carries names only, never contents.
/// In this process through channels; between nodes through <see cref="ILiveRelay"/>, where the database offers one.
/// </summary>
public sealed class LiveHub(IEnumerable<ILiveRelay> relays, ILogger<LiveHub> log)
{
    /// <summary>Heard by every reader: something was missed, look again.</summary>
    public const string Resync = "*";

    private readonly ConcurrentDictionary<Channel<string>, IReadOnlySet<string>> _readers = new();

    /// <summary>Call after the commit, so that who looks sees the change.</summary>
    public async Task AnnounceAsync(IReadOnlyCollection<string> topics, CancellationToken ct)
    {
        if (topics.Count == 0)
        {
            return;
        }

        Hear(topics);
        foreach (var relay in relays)
        {
            try
            {
                await relay.PassOnAsync(topics, ct);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
            {
                log.LogWarning(e, "Other nodes were not told of {Count} changes; their pages look again by themselves", topics.Count);
            }
        }
    }

    /// <summary>What another node announced.</summary>
    public void Hear(IEnumerable<string> topics)
    {
        foreach (var topic in topics)
        {
            foreach (var (channel, wanted) in _readers)
            {
                if (topic == Resync || wanted.Contains(topic))
                {
                    channel.Writer.TryWrite(topic);
                }
            }
        }
    }

    /// <summary>The topics among <paramref name="wanted"/> that change from now on; null every <paramref name="ping"/> without news.</summary>
    public async IAsyncEnumerable<string?> ListenAsync(IReadOnlySet<string> wanted, TimeSpan ping, [EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });
        _readers[channel] = wanted;
        try
        {
            while (!ct.IsCancellationRequested)
            {
                if (!await HasNewsAsync(channel.Reader, ping, ct))
                {
                    yield return null;
                }

                while (channel.Reader.TryRead(out var topic))
                {
                    yield return topic;
                }
            }
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }

    private static async Task<bool> HasNewsAsync(ChannelReader<string> reader, TimeSpan longest, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest);
        try
        {
            return await reader.WaitToReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>Takes announcements to the other nodes.</summary>
public interface ILiveRelay
{
    Task PassOnAsync(IReadOnlyCollection<string> topics, CancellationToken ct);
}

/// <summary>Topics that a handler wants announced once its transaction is committed.</summary>
public sealed class Announcements
{
    private readonly HashSet<string> _topics = [];

    public IReadOnlyCollection<string> Topics => _topics;

    public void Add(string topic) => _topics.Add(topic);
}
