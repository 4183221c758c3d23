using System.Globalization;

namespace Jiesu.Bench;

/// <summary>CPU time of this process and of process trees below others, from /proc: what an operation costs whatever else the machine does.</summary>
internal sealed class CpuMeter(params int[] roots)
{
    private const double TicksPerSecond = 100;
    private double _start;

    public void Start() => _start = Total();

    public double ElapsedMilliseconds => (Total() - _start) * 1000;

    private double Total()
    {
        var stats = Directory.GetDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var pid) ? Read(pid) : null).OfType<Stat>().ToDictionary(s => s.Pid);
        var own = roots.Append(Environment.ProcessId).ToHashSet();
        return stats.Values.Where(s => Ancestors(s, stats).Any(own.Contains)).Sum(s => s.Seconds);
    }

    private static IEnumerable<int> Ancestors(Stat stat, Dictionary<int, Stat> all)
    {
        for (var s = stat; s is not null; s = all.GetValueOrDefault(s.Parent))
        {
            yield return s.Pid;
        }
    }

    private static Stat? Read(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var f = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long At(int i) => long.Parse(f[i], CultureInfo.InvariantCulture);
            return new(pid, (int)At(1), (At(11) + At(12) + At(13) + At(14)) / TicksPerSecond);
        }
        catch (IOException)
        {
            return null;    // ended in between
        }
    }

    private sealed record Stat(int Pid, int Parent, double Seconds);
}
