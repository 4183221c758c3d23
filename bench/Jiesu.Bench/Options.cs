using System.Globalization;

namespace Jiesu.Bench;

/// <summary>Options of a benchmark: <c>--name value</c>.</summary>
internal sealed class Options(string[] args)
{
    public string Text(string name, string otherwise) => Array.IndexOf(args, "--" + name) is var i and >= 0 && i + 1 < args.Length ? args[i + 1] : otherwise;

    public int Number(string name, int otherwise) => int.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    /// <summary>Both, unless one is asked for.</summary>
    public IReadOnlyList<string> Databases => Text("database", "both") is "both" ? ["postgres", "sqlite"] : [Text("database", "")];
}
