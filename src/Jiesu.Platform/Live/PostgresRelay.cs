using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jiesu.Platform;

/// <summary>
/// Announcements between nodes by LISTEN/NOTIFY. Notification only wakes, never carries facts; after a broken connection every page is told to look again.
/// Needs a direct connection: behind a pooler in transaction mode LISTEN hears nothing.
/// </summary>
public sealed class PostgresRelay(NpgsqlDataSource source, Lazy<LiveHub> hub, ILogger<PostgresRelay> log) : BackgroundService, ILiveRelay
{
    private const string Channel = "jiesu_live";
    private const int LongestPayload = 7000;
    private readonly string _node = Guid.CreateVersion7().ToString("N");

    public async Task PassOnAsync(IReadOnlyCollection<string> topics, CancellationToken ct)
    {
        var payload = string.Join('\n', topics.Prepend(_node));
        await using var command = source.CreateCommand("select pg_notify($1, $2)");
        command.Parameters.Add(new() { Value = Channel });
        command.Parameters.Add(new() { Value = payload.Length <= LongestPayload ? payload : $"{_node}\n{LiveHub.Resync}" });
        await command.ExecuteNonQueryAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or System.IO.IOException or System.Net.Sockets.SocketException)
            {
                log.LogWarning(e, "The connection that hears other nodes broke; connecting again");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, e) => Hear(e.Payload.Split('\n'));
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        hub.Value.Hear([LiveHub.Resync]);
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private void Hear(string[] lines)
    {
        if (lines[0] != _node)
        {
            hub.Value.Hear(lines.Skip(1));
        }
    }
}
