using Jiesu.Bench;

var name = args.FirstOrDefault() ?? "";
var options = new Options(args[Math.Min(1, args.Length)..]);
return name switch
{
    "intake" => await IntakeBench.RunAsync(options),
    _ => Explain(),
};

static int Explain()
{
    Console.Error.WriteLine("./bench.sh NAME [options]   NAME: intake   options: --database sqlite|postgres --orders N --connections N");
    return 2;
}
