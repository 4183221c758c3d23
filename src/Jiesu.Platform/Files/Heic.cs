using System.Runtime.InteropServices;
using ImageMagick;

namespace Jiesu.Platform.Files;

/// <summary>HEIC 照片 of telephones, kept as JPEG. The decoder is a native library that comes for x64; elsewhere the photographer is told what to do.</summary>
internal static class Heic
{
    /// <summary>The library turns the picture itself. It is told the format, so that no other of its many decoders is ever reached.</summary>
    public static Result<CleanPicture> Clean(byte[] picture)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return FileErrors.HeicUnread();
        }

        try
        {
            var settings = Limits.Settings;
            var size = new MagickImageInfo(picture, settings);
            if ((long)size.Width * size.Height > Pictures.MostPixels)
            {
                return FileErrors.TooManyPixels((int)size.Width, (int)size.Height);
            }

            using var image = new MagickImage(picture, settings);
            image.Strip();
            image.Quality = Pictures.Quality;
            return new CleanPicture(image.ToByteArray(MagickFormat.Jpeg), "jpg", PictureFacts.Read(picture));
        }
        catch (MagickException)
        {
            return FileErrors.PictureDamaged();
        }
    }

    /// <summary>Apart, because asking for the library where it is not would bring down whoever asks.</summary>
    private static class Limits
    {
        static Limits()
        {
            ResourceLimits.Thread = 1;
            ResourceLimits.Width = ResourceLimits.Height = 20_000;
            ResourceLimits.Memory = ResourceLimits.MaxMemoryRequest = 512UL << 20;
            ResourceLimits.Disk = 0;
        }

        public static MagickReadSettings Settings { get; } = new() { Format = MagickFormat.Heic };
    }
}
