using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>模型文件: one file a model, packed; read by any node that shares the folder.</summary>
internal static class ModelFile
{
    public static void Write(ClassModel model, Stream to)
    {
        using var packed = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        writer.Write(Grams.Recipe);
        writer.Write(JsonSerializer.Serialize(model.Card));
        writer.Write(JsonSerializer.Serialize(model.Codes));
        writer.Write(JsonSerializer.Serialize(model.Calibration));
        Put(writer, model.Buckets);
        Put(writer, model.Worth);
        Put(writer, model.Weights);
        Put(writer, model.Scales);
        Put(writer, model.Biases);
    }

    /// <summary>Null when another recipe made it.</summary>
    public static ClassModel? Read(Stream from)
    {
        using var packed = new GZipStream(from, CompressionMode.Decompress);
        using var reader = new BinaryReader(packed);
        if (reader.ReadString() != Grams.Recipe)
        {
            return null;
        }

        return new()
        {
            Card = JsonSerializer.Deserialize<ModelCard>(reader.ReadString())!,
            Codes = JsonSerializer.Deserialize<string[]>(reader.ReadString())!,
            Calibration = JsonSerializer.Deserialize<Calibration>(reader.ReadString())!,
            Buckets = Take<int>(reader),
            Worth = Take<float>(reader),
            Weights = Take<short>(reader),
            Scales = Take<float>(reader),
            Biases = Take<float>(reader),
        };
    }

    /// <summary>What people see of it, without reading the rest; null when another recipe made it.</summary>
    public static ModelCard? ReadCard(Stream from)
    {
        using var packed = new GZipStream(from, CompressionMode.Decompress);
        using var reader = new BinaryReader(packed);
        return reader.ReadString() == Grams.Recipe ? JsonSerializer.Deserialize<ModelCard>(reader.ReadString()) : null;
    }

    private static void Put<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] Take<T>(BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
