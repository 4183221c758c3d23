using System.Globalization;
using Jiesu.Intelligence.Domain;
using nietras.SeparatedValues;

namespace Jiesu.Bench.Intelligence;

/// <summary>Files of the public data, by the columns they are known by.</summary>
internal static class BenchFiles
{
    /// <summary>The file that was named, or those of the data folder, in it or in its <c>teddy2020c</c>; null, with a word to the user, when one is not there.</summary>
    public static string[]? Find(Options options, string option, params string[] usual)
    {
        var named = options.Text(option, "");
        var folder = options.Text("data", ".");
        var inner = Path.Combine(folder, "teddy2020c");
        string[] files = named.Length > 0 ? [named] : [.. usual.Select(f => Path.Combine(Directory.Exists(inner) ? inner : folder, f))];
        if (Array.Find(files, f => !File.Exists(f)) is not { } missing)
        {
            return files;
        }

        Console.Error.WriteLine($"{IntelligenceBench.Name}: {missing} is not there; name --data DIR or --{option} FILE");
        return null;
    }

    /// <summary>The wanted columns of each row; a column that the file has not is empty.</summary>
    public static IReadOnlyList<string[]> Read(string file, params string[] columns)
    {
        using var reader = Sep.Reader(o => o with { Unescape = true }).FromFile(file);
        var at = Array.ConvertAll(columns, c => reader.Header.TryIndexOf(c, out var index) ? index : -1);
        var rows = new List<string[]>();
        foreach (var row in reader)
        {
            var values = new string[at.Length];
            for (var i = 0; i < at.Length; i++)
            {
                values[i] = at[i] < 0 ? "" : row[at[i]].ToString();
            }

            rows.Add(values);
        }

        return rows;
    }

    public static IReadOnlyList<Labelled> Messages(IEnumerable<string> files) =>
        [.. files.SelectMany(f => Read(f, "label", "title", "content")).Select(r => new Labelled(PlainText.Of(r[1], r[2]), r[0]))];

    /// <summary>As the website wrote it: 2019/8/7 23:25:25 or 2019-08-07 23:25:25.</summary>
    public static DateTimeOffset Instant(string written) =>
        DateTime.TryParse(written.Replace('/', '-'), CultureInfo.InvariantCulture, out var time) ? new(time, TimeSpan.FromHours(8)) : DateTimeOffset.UnixEpoch;
}

/// <summary>A message with the class that people gave it.</summary>
internal sealed record Labelled(string Plain, string Label);
