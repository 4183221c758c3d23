using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Jiesu.Platform.Files;

/// <summary>ClamAV: clamd's INSTREAM over TCP. Whatever goes wrong with the daemon is an unknown verdict, never a clean one.</summary>
internal sealed class ClamAv(string host, int port) : IVirusScan
{
    private const int ChunkSize = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<ScanVerdict> ScanAsync(Stream content, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var daemon = new TcpClient();
            await daemon.ConnectAsync(host, port, limit.Token);
            await using var wire = daemon.GetStream();
            await SendAsync(content, wire, limit.Token);
            using var answer = new StreamReader(wire, Encoding.UTF8);
            return Read(await answer.ReadToEndAsync(limit.Token));
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return ScanVerdict.Unknown;
        }
    }

    /// <summary>Each piece has its length before it; a length of nought ends the file.</summary>
    private static async Task SendAsync(Stream content, Stream wire, CancellationToken ct)
    {
        await wire.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
        var piece = new byte[ChunkSize + sizeof(int)];
        content.Position = 0;
        int n;
        do
        {
            n = await content.ReadAsync(piece.AsMemory(sizeof(int)), ct);
            BinaryPrimitives.WriteInt32BigEndian(piece, n);
            await wire.WriteAsync(piece.AsMemory(0, sizeof(int) + n), ct);
        }
        while (n > 0);
    }

    /// <summary>A file longer than the daemon's <c>StreamMaxLength</c> was not looked through: the answer is an error, and the file waits.</summary>
    private static ScanVerdict Read(string answer) => answer.TrimEnd('\0', '\n') switch
    {
        var said when said.EndsWith(" FOUND", StringComparison.Ordinal) => ScanVerdict.Infected,
        var said when said.EndsWith(": OK", StringComparison.Ordinal) => ScanVerdict.Clean,
        _ => ScanVerdict.Unknown,
    };
}
