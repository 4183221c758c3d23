using Jiesu.Bench;
using Jiesu.Bench.Intelligence;
using Jiesu.Bench.Lists;

var name = args.FirstOrDefault() ?? "";
var options = new Options(args[Math.Min(1, args.Length)..]);
return name switch
{
    "actions" => await ActionsBench.RunAsync(options),
    "intake" => await IntakeBench.RunAsync(options),
    "import" => await ImportBench.RunAsync(options),
    "pages" => await PagesBench.RunAsync(options),
    "seat" => await SeatBench.RunAsync(options),
    "lists" => await ListBench.RunAsync(options),
    "intelligence" => IntelligenceBench.Run(options),
    _ => Explain(),
};

static int Explain()
{
    Console.Error.WriteLine("""
        ./bench.sh NAME [options]
          intake         --database sqlite|postgres --orders N --connections N --stored N --folder DIR (kept for the next run) --without advice|search|figures|notices
          actions        --database sqlite|postgres --orders N --stored N --events N --timers N --folder DIR (kept for the next run)
          import         --database sqlite|postgres --rows N
          pages          --orders N --times N
          seat           --database sqlite|postgres --stored N --times N --folder DIR (kept for the next run)
          lists          --database sqlite|postgres --stored N --requests N --folder DIR (kept for the next run)
          intelligence   --data DIR, or --train FILE --test FILE, --messages FILE --events FILE, --dev FILE --pairs FILE --communities FILE;
                         --only class,descriptions,learn,events,similar,replies,address
        """);
    return 2;
}
