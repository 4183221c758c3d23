using SkiaSharp;

namespace Jiesu.Platform.Files;

/// <summary>净化后的图片.</summary>
/// <param name="Extension">The kind that it is now.</param>
public sealed record CleanPicture(byte[] Content, string Extension, PictureFacts Facts);

/// <summary>
/// 图片净化 (SEC-81, SEC-82): each picture is decoded and encoded anew, upright and without metadata, so that nothing of the file that came is kept but its pixels.
/// A picture in hand may take 200 MB, and twice that while it is turned; hence two at a time.
/// </summary>
public sealed class Pictures : IDisposable
{
    internal const long MostPixels = 50_000_000;
    internal const int Quality = 90;
    private readonly SemaphoreSlim _turns = new(2);

    /// <param name="kind">A picture, checked by <see cref="FileCheck"/>.</param>
    public async Task<Result<CleanPicture>> CleanAsync(FileKind kind, Stream content, CancellationToken ct)
    {
        var picture = new byte[content.Length];
        content.Position = 0;
        await content.ReadExactlyAsync(picture, ct);
        await _turns.WaitAsync(ct);
        try
        {
            return await Task.Run(() => kind.Extension is "heic" or "heif" ? Heic.Clean(picture) : Clean(kind, picture), ct);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private static Result<CleanPicture> Clean(FileKind kind, byte[] picture)
    {
        using var data = SKData.CreateCopy(picture);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return FileErrors.PictureDamaged();
        }

        if ((long)codec.Info.Width * codec.Info.Height > MostPixels)
        {
            return FileErrors.TooManyPixels(codec.Info.Width, codec.Info.Height);
        }

        using var space = SKColorSpace.CreateSrgb();
        using var raw = new SKBitmap();
        if (!raw.TryAllocPixels(new(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul, space))
            || codec.GetPixels(raw.Info, raw.GetPixels()) != SKCodecResult.Success)
        {
            return FileErrors.PictureDamaged();
        }

        using var turned = codec.EncodedOrigin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default ? null : Turn(raw, codec.EncodedOrigin);
        var (format, extension) = kind.Extension switch
        {
            "jpg" or "jpeg" => (SKEncodedImageFormat.Jpeg, kind.Extension),
            "webp" => (SKEncodedImageFormat.Webp, kind.Extension),
            _ => (SKEncodedImageFormat.Png, "png"),         // of a GIF the first frame: nothing here writes one
        };
        using var clean = (turned ?? raw).Encode(format, Quality);
        return new CleanPicture(clean.ToArray(), extension, PictureFacts.Read(picture));
    }

    /// <summary>Upright, as the photographer saw it.</summary>
    private static SKBitmap Turn(SKBitmap raw, SKEncodedOrigin origin)
    {
        var isLying = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (w, h) = isLying ? (raw.Height, raw.Width) : (raw.Width, raw.Height);
        var turned = new SKBitmap(raw.Info.WithSize(w, h));
        using var canvas = new SKCanvas(turned);
        canvas.SetMatrix(origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, w, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, w, -1, 0, h, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, h, 0, 0, 1),
            SKEncodedOrigin.TopLeft => SKMatrix.Identity,
            _ => throw new InvalidOperationException($"{origin} is no orientation."),
        });
        canvas.DrawBitmap(raw, 0, 0, SKSamplingOptions.Default);
        return turned;
    }
}
