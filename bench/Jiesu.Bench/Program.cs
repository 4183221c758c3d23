using Jiesu.Bench;
using Jiesu.Bench.Intelligence;

var name = args.FirstOrDefault() ?? "";
var options = new Options(args[Math.Min(1, args.Length)..]);
return name switch
{
    "intake" => await IntakeBench.RunAsync(options),
    "intelligence" => IntelligenceBench.Run(options),
    _ => Explain(),
};

static int Explain()
{
    Console.Error.WriteLine("""
        ./bench.sh NAME [options]
          intake         --database sqlite|postgres --orders N --connections N
          intelligence   --data DIR, or --train FILE --test FILE
        """);
    return 2;
}
