using System.Text;
using Jiesu.Tests.Given;
using SkiaSharp;

namespace Jiesu.Platform.Files;

public sealed class PicturesTests : IDisposable
{
    private static readonly DateTimeOffset Taken = new(2026, 3, 1, 0, 30, 0, TimeSpan.Zero);
    private readonly Pictures _pictures = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_is_kept_without_what_the_camera_wrote_and_the_facts_are_told()
    {
        var photo = Photo.Jpg();

        var clean = (await CleanAsync("jpg", photo)).Value;

        Assert.Contains(Photo.Marker, Encoding.Latin1.GetString(photo), StringComparison.Ordinal);
        Assert.DoesNotContain(Photo.Marker, Encoding.Latin1.GetString(clean.Content), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(clean.Content), StringComparison.Ordinal);
        Assert.Equal(("jpg", Taken), (clean.Extension, clean.Facts.TakenAt));
        Assert.Equal((116.28675, 39.8583), (Math.Round(clean.Facts.Lon!.Value, 5), Math.Round(clean.Facts.Lat!.Value, 5)));
    }

    [Fact]
    public async Task The_offset_that_a_camera_names_counts() =>
        Assert.Equal(Taken.AddHours(-1), (await CleanAsync("jpg", Photo.Jpg(offset: "+09:00"))).Value.Facts.TakenAt);

    //          EXIF  size      colour on the left and on the top of the upright picture
    [Theory]
    [InlineData(1, 64, 48, "left")]
    [InlineData(2, 64, 48, "right")]
    [InlineData(3, 64, 48, "right")]
    [InlineData(4, 64, 48, "left")]
    [InlineData(5, 48, 64, "top")]
    [InlineData(6, 48, 64, "top")]
    [InlineData(7, 48, 64, "bottom")]
    [InlineData(8, 48, 64, "bottom")]
    public async Task A_photo_stands_upright_whatever_way_the_telephone_was_held(ushort orientation, int width, int height, string red)
    {
        var clean = (await CleanAsync("jpg", Photo.Jpg(orientation))).Value;

        using var picture = SKBitmap.Decode(clean.Content);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        var (x, y) = red switch { "left" => (5, height / 2), "right" => (width - 5, height / 2), "top" => (width / 2, 5), _ => (width / 2, height - 5) };
        Assert.True(IsRed(picture.GetPixel(x, y)) && !IsRed(picture.GetPixel(width - 1 - x, height - 1 - y)));
    }

    [Theory, InlineData("png", SKEncodedImageFormat.Png), InlineData("webp", SKEncodedImageFormat.Webp)]
    public async Task Other_pictures_are_encoded_anew_in_their_own_kind(string extension, SKEncodedImageFormat format)
    {
        byte[] carrier = [.. Photo.Plain(format), .. Encoding.ASCII.GetBytes(Photo.Marker)];

        var clean = (await CleanAsync(extension, carrier)).Value;

        Assert.Equal(extension, clean.Extension);
        Assert.DoesNotContain(Photo.Marker, Encoding.Latin1.GetString(clean.Content), StringComparison.Ordinal);
        using var codec = SKCodec.Create(SKData.CreateCopy(clean.Content));
        Assert.Equal((format, 64), (codec.EncodedFormat, codec.Info.Width));
    }

    [Fact]
    public async Task A_heic_photo_becomes_a_jpg_with_its_facts()
    {
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "HEIC is decoded on x64 only.");

        var clean = (await CleanAsync("heic", Convert.FromBase64String(Photo.Heic))).Value;

        Assert.Equal(("jpg", Taken), (clean.Extension, clean.Facts.TakenAt));
        Assert.DoesNotContain(Photo.Marker, Encoding.Latin1.GetString(clean.Content), StringComparison.Ordinal);
        using var picture = SKBitmap.Decode(clean.Content);
        Assert.Equal((64, 48), (picture.Width, picture.Height));
        Assert.True(IsRed(picture.GetPixel(5, 24)));
    }

    /// <summary>The picture has a header and no pixels: were it decoded, it would be called damaged.</summary>
    [Theory, InlineData(50_000, 50_000), InlineData(10_000, 5_001)]
    public async Task A_picture_of_too_many_pixels_is_refused_by_its_header(int width, int height)
        => Assert.Equal("file.too_many_pixels", (await CleanAsync("png", Photo.Huge(width, height))).Error?.Code);

    [Fact]
    public async Task What_only_looks_like_a_picture_is_refused()
    {
        var half = Photo.Jpg()[..^200];

        Assert.Equal("file.picture_damaged", (await CleanAsync("jpg", [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[100]])).Error?.Code);
        Assert.Equal("file.picture_damaged", (await CleanAsync("jpg", half)).Error?.Code);
        Assert.Equal("file.picture_damaged", (await CleanAsync("heic", Encoding.ASCII.GetBytes("\0\0\0\u0018ftypheic"))).Error?.Code);
    }

    public void Dispose() => _pictures.Dispose();

    private Task<Result<CleanPicture>> CleanAsync(string extension, byte[] picture) => _pictures.CleanAsync(FileKind.Of(extension)!, new MemoryStream(picture), Ct);

    private static bool IsRed(SKColor colour) => colour.Red > 180 && colour.Blue < 80;
}
