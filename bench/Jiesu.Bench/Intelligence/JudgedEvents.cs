using Jiesu.Intelligence.Domain;

namespace Jiesu.Bench.Intelligence;

/// <summary>Messages of a3 and the events that people found in them.</summary>
/// <param name="Ignored">Ids that do not count: the same place, arguably another problem.</param>
internal sealed record JudgedEvents(IReadOnlyList<JudgedMessage> Messages, IReadOnlyDictionary<string, string> EventOf, IReadOnlySet<string> Ignored)
{
    public static JudgedEvents? Read(Options options)
    {
        if (BenchFiles.Find(options, "messages", "a3-messages.csv") is not [var messages] || BenchFiles.Find(options, "events", "a3-events.csv") is not [var events])
        {
            return null;
        }

        var ignored = options.Text("ambiguous", Path.Combine(Path.GetDirectoryName(events) ?? ".", "a3-ambiguous.csv"));
        return new(
            [.. BenchFiles.Read(messages, "message_id", "title", "content", "time").Select((m, i) => new JudgedMessage(m[0], new(i + 1, 0, 0, new byte[8]), PlainText.Of(m[1], m[2]), BenchFiles.Instant(m[3])))],
            BenchFiles.Read(events, "message_id", "event").ToDictionary(e => e[0], e => e[1]),
            File.Exists(ignored) ? BenchFiles.Read(ignored, "message_id").Select(m => m[0]).ToHashSet() : []);
    }
}

/// <param name="Name">Id in the file.</param>
internal sealed record JudgedMessage(string Name, Guid Id, string Plain, DateTimeOffset At);
