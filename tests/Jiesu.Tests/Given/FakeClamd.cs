using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Jiesu.Tests.Given;

/// <summary>An antivirus daemon that knows one virus, speaks INSTREAM, and hangs up when it is away.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    /// <summary>The test string of EICAR; in two halves, so that no scanner takes this file for a virus.</summary>
    public const string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _work;

    public FakeClamd()
    {
        _listener.Start();
        _work = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public bool IsAway { get; set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _work;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                if (!IsAway)
                {
                    await AnswerAsync(client.GetStream());
                }
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private static async Task AnswerAsync(NetworkStream wire)
    {
        var word = new byte["zINSTREAM\0".Length];
        await wire.ReadExactlyAsync(word);
        using var file = new MemoryStream();
        for (var length = await LengthAsync(wire); length > 0; length = await LengthAsync(wire))
        {
            var piece = new byte[length];
            await wire.ReadExactlyAsync(piece);
            file.Write(piece);
        }

        var isVirus = Encoding.Latin1.GetString(file.ToArray()).Contains(Eicar, StringComparison.Ordinal);
        await wire.WriteAsync(Encoding.ASCII.GetBytes(isVirus ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0"));
    }

    private static async Task<int> LengthAsync(NetworkStream wire)
    {
        var length = new byte[4];
        await wire.ReadExactlyAsync(length);
        return BinaryPrimitives.ReadInt32BigEndian(length);
    }
}
