using Microsoft.Extensions.Configuration;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>
/// 区划面文件: GeoJSON of the installation, read once at the first question. <c>Jiesu:Intelligence:AreaFiles</c> names the files, with <c>;</c> between them;
/// <c>Jiesu:Intelligence:AreaDatum</c> their coordinates (<see cref="Datum"/>, at first Cgcs2000, in which orders keep their points).
/// </summary>
internal sealed class AreaFile(IConfiguration settings)
{
    private readonly Lazy<Areas> _areas = new(() =>
    {
        var streams = (settings["Jiesu:Intelligence:AreaFiles"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(File.OpenRead).ToArray();
        try
        {
            return streams.Length == 0 ? Areas.None : Areas.Read(Enum.Parse<Datum>(settings["Jiesu:Intelligence:AreaDatum"] ?? nameof(Datum.Cgcs2000)), streams);
        }
        finally
        {
            Array.ForEach(streams, s => s.Dispose());
        }
    });

    public Areas Areas => _areas.Value;
}
