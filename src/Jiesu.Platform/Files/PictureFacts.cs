using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace Jiesu.Platform.Files;

/// <summary>照片信息: what the camera wrote, read before it is taken out. A claim, not a proof: anybody can write it.</summary>
/// <param name="TakenAt">拍摄时间; Beijing time where the camera names no offset.</param>
/// <param name="Lon">Degrees, WGS-84; null with <paramref name="Lat"/>.</param>
public sealed record PictureFacts(DateTimeOffset? TakenAt, double? Lon, double? Lat)
{
    private const string ExifTime = "yyyy:MM:dd HH:mm:ss";
    private static readonly PictureFacts None = new(null, null, null);

    /// <summary>Empty when there is nothing, or nothing that can be read.</summary>
    internal static PictureFacts Read(byte[] picture)
    {
        try
        {
            var directories = ImageMetadataReader.ReadMetadata(new MemoryStream(picture));
            var place = directories.OfType<GpsDirectory>().Select(d => d.GetGeoLocation()).FirstOrDefault(IsPlace);
            return new(directories.OfType<ExifSubIfdDirectory>().Select(TimeOf).FirstOrDefault(t => t is not null), place?.Longitude, place?.Latitude);
        }
        catch (Exception damage) when (damage is not OutOfMemoryException)
        {
            return None;             // hostile bytes make a parser throw anything, and a photo without facts is still a photo
        }
    }

    private static bool IsPlace(GeoLocation? place) =>
        place is { IsZero: false } && Math.Abs(place.Longitude) <= 180 && Math.Abs(place.Latitude) <= 90;

    private static DateTimeOffset? TimeOf(ExifSubIfdDirectory exif)
    {
        if (!DateTime.TryParseExact(exif.GetString(ExifDirectoryBase.TagDateTimeOriginal), ExifTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var told) || told.Year < 1990)
        {
            return null;
        }

        var offset = exif.GetString(ExifDirectoryBase.TagTimeZoneOriginal);
        return DateTimeOffset.TryParseExact($"{told:s}{offset}", "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUniversalTime()
            : new DateTimeOffset(told, BeijingTime.Zone.GetUtcOffset(told)).ToUniversalTime();
    }
}
