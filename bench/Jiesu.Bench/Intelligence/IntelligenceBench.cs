namespace Jiesu.Bench.Intelligence;

/// <summary>
/// Quality and speed of advice on public data: <c>./bench.sh intelligence --data DIR</c>; other files of the same columns by <c>--train FILE --test FILE</c> (classes) and
/// <c>--messages FILE --events FILE</c> (events, similar); the files of addresses: <see cref="AddressBench"/>. <c>--only class,descriptions,learn,events,similar,replies,address</c> runs some parts.
/// </summary>
internal static class IntelligenceBench
{
    public const string Name = "intelligence";

    private static readonly (string Name, Func<Options, int> Run)[] Parts =
    [
        ("class", ClassBench.Run),
        ("descriptions", ClassBench.RunDescriptions),
        ("learn", LearnBench.Run),
        ("events", EventBench.Run),
        ("similar", SimilarBench.Run),
        ("replies", ReplyBench.Run),
        ("address", AddressBench.Run),
    ];

    /// <summary>All parts run, whatever one of them lacks; 2 when a file was missing.</summary>
    public static int Run(Options options)
    {
        var only = options.Text("only", "");
        return Parts.Where(p => only.Length == 0 || only.Split(',').Contains(p.Name)).Select(p => p.Run(options)).ToArray().Max();
    }
}
