using System.Globalization;

namespace Jiesu.Bench;

/// <summary>One line a figure: <c>NAME KEY VALUE [baseline VALUE] [n N] [machine …]</c>.</summary>
internal static class Figures
{
    public static void Print(string name, string key, double value, int n, double? baseline = null)
    {
        var line = $"{name} {key} {value.ToString("0.###", CultureInfo.InvariantCulture)}";
        if (baseline is { } b)
        {
            line += $" baseline {b.ToString("0.###", CultureInfo.InvariantCulture)}";
        }

        Console.WriteLine($"{line} n {n} machine {Environment.ProcessorCount} cores");
    }

    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
