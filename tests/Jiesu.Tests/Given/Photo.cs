using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Jiesu.Tests.Given;

/// <summary>Photos as a telephone takes them: red on the left, blue on the right, and what the camera knows in the EXIF.</summary>
internal static class Photo
{
    /// <summary>Planted where the camera is named, so that a test can look for it.</summary>
    public const string Marker = "JIESU-CAMERA";

    /// <summary>Of the same size, encoded by libheif, with the same EXIF; base64.</summary>
    public const string Heic = "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAeFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAAExpbG9jAQAAAERAAAMAAQAAAAAAAAIFAAEAAAAAAAAALgACAAEAAAAAAAAAAQAAAAAAAAAIAAMAAAAAAAACMwABAAAAAAAAANsAAABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQABAABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQADAABFeGlmAAAAANVpcHJwAAAAs2lwY28AAABzaHZjQwEDcAAAAAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEAJ0IBAQNwAAADAJAAAAMAAAMAHqAggQWW6uSmubAgAAADACAAAAMAISIAAQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNwZQAAAAAAAABAAAAAMAAAABBwaXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAAChpcmVmAAAAAAAAAA5kaW1nAAIAAQABAAAADmNkc2MAAwABAAIAAAERbWRhdAAAACooAa8LYPXlg6//9Bx38cYg8XfnAjn7bZrkShwTyIJ7jF1dcRxJ7gLgANgAAAAASUkqAAgAAAAEAA8BAgANAAAAPgAAABIBAwABAAAAAQAAAGmHBAABAAAASwAAACWIBAABAAAAcQAAAAAAAABKSUVTVS1DQU1FUkEAAQADkAIAFAAAAF0AAAAAAAAAMjAyNjowMzowMSAwODozMDowMAAEAAEAAgACAAAATgAAAAIABQADAAAApwAAAAMAAgACAAAARQAAAAQABQADAAAAvwAAAAAAAAAnAAAAAQAAADMAAAABAAAArAsAAGQAAAB0AAAAAQAAABEAAAABAAAAzgQAAGQAAAA=";

    public static byte[] Plain(SKEncodedImageFormat format, int width = 64, int height = 48)
    {
        using var picture = new SKBitmap(width, height);
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.Blue);
        using var red = new SKPaint { Color = SKColors.Red };
        canvas.DrawRect(0, 0, width / 2f, height, red);
        canvas.Flush();
        return picture.Encode(format, 95).ToArray();
    }

    /// <summary>Taken at 2026-03-01 08:30 by the camera's clock, at 116.28675 E, 39.8583 N.</summary>
    /// <param name="orientation">EXIF: 1 upright, 6 to be turned right.</param>
    /// <param name="offset">+09:00 …; null when the camera names none.</param>
    public static byte[] Jpg(ushort orientation = 1, string? offset = null)
    {
        var plain = Plain(SKEncodedImageFormat.Jpeg);
        byte[] exif = [.. "Exif\0\0"u8, .. Tiff(orientation, offset)];
        byte[] length = [(byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2)];
        return [.. plain[..2], 0xFF, 0xE1, .. length, .. exif, .. plain[2..]];
    }

    /// <summary>A PNG that says how large it is and stops there.</summary>
    public static byte[] Huge(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        byte[] named = [.. "IHDR"u8, .. header];
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(named));
        return [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. named, .. crc, 0, 0, 0, 16, .. "IDAT"u8, .. new byte[20]];
    }

    private static byte[] Tiff(ushort orientation, string? offset)
    {
        List<(ushort Tag, ushort Type, byte[] Value)> taken = [(0x9003, 2, Ascii("2026:03:01 08:30:00"))];
        if (offset is not null)
        {
            taken.Add((0x9011, 2, Ascii(offset)));
        }

        (ushort, ushort, byte[])[] place = [(1, 2, Ascii("N")), (2, 5, Degrees(39, 51, 2988)), (3, 2, Ascii("E")), (4, 5, Degrees(116, 17, 1230))];
        const int start = 8;
        List<(ushort Tag, ushort Type, byte[] Value)> main = [(0x010F, 2, Ascii(Marker)), (0x0112, 3, [(byte)orientation, 0]), (0x8769, 4, new byte[4]), (0x8825, 4, new byte[4])];
        var exifAt = start + Directory(main, start).Length;
        var placeAt = exifAt + Directory(taken, exifAt).Length;
        main[2] = (0x8769, 4, BitConverter.GetBytes(exifAt));
        main[3] = (0x8825, 4, BitConverter.GetBytes(placeAt));
        return [.. "II*\0"u8, .. BitConverter.GetBytes(start), .. Directory(main, start), .. Directory(taken, exifAt), .. Directory(place, placeAt)];
    }

    /// <summary>One TIFF directory, with the values that do not fit behind it.</summary>
    private static byte[] Directory(IReadOnlyList<(ushort Tag, ushort Type, byte[] Value)> fields, int at)
    {
        var size = new Dictionary<ushort, int> { [2] = 1, [3] = 2, [4] = 4, [5] = 8 };
        List<byte> head = [.. BitConverter.GetBytes((ushort)fields.Count)], tail = [];
        var behind = at + 2 + (fields.Count * 12) + 4;
        foreach (var (tag, type, value) in fields)
        {
            head.AddRange([.. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(type), .. BitConverter.GetBytes(value.Length / size[type])]);
            head.AddRange(value.Length <= 4 ? [.. value, .. new byte[4 - value.Length]] : BitConverter.GetBytes(behind + tail.Count));
            tail.AddRange(value.Length <= 4 ? [] : value);
        }

        return [.. head, 0, 0, 0, 0, .. tail];
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text + "\0");

    /// <summary>Degrees, minutes, hundredths of a second.</summary>
    private static byte[] Degrees(int degrees, int minutes, int hundredths) => [.. new[] { degrees, 1, minutes, 1, hundredths, 100 }.SelectMany(BitConverter.GetBytes)];

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
