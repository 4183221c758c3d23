using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>地址模型文件: one packed file; read by any node that shares the folder.</summary>
internal static class ElementModelFile
{
    /// <summary>Changes with the signs: a model of other signs is of no use.</summary>
    private const string Recipe = "address-1";

    public static void Write(ElementModel model, Stream to)
    {
        using var packed = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        var known = model.Lexicon.All.ToArray();
        writer.Write(Recipe);
        writer.Write(model.Kinds.Count);
        model.Kinds.ToList().ForEach(writer.Write);
        writer.Write(known.Length);
        Array.ForEach(known, k => Put(writer, k));
        Put(writer, model.Edges);
        writer.Write(model.Rows.Count);
        foreach (var (code, row) in model.Rows)
        {
            writer.Write(code);
            writer.Write(MemoryMarshal.AsBytes(model.Weights.Row(row)));
        }
    }

    /// <summary>Null when another recipe made it.</summary>
    public static ElementModel? Read(Stream from)
    {
        using var packed = new GZipStream(from, CompressionMode.Decompress);
        using var reader = new BinaryReader(packed);
        if (reader.ReadString() != Recipe)
        {
            return null;
        }

        var kinds = Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString()).ToArray();
        var lexicon = new ElementLexicon();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            lexicon.Add(reader.ReadUInt64(), reader.ReadString(), reader.ReadInt32());
        }

        var edges = new double[(kinds.Length * kinds.Length) + (2 * kinds.Length)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(edges.AsSpan()));
        var count = reader.ReadInt32();
        var (rows, weights) = (new Dictionary<ulong, int>(count), new ElementWeights(count, ElementChain.Places * kinds.Length));
        for (var row = 0; row < count; row++)
        {
            rows[reader.ReadUInt64()] = row;
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.Row(row)));
        }

        return new(kinds, rows, weights, edges, lexicon);
    }

    private static void Put(BinaryWriter writer, (ulong Code, string Kind, int Count) known)
    {
        writer.Write(known.Code);
        writer.Write(known.Kind);
        writer.Write(known.Count);
    }

    private static void Put(BinaryWriter writer, double[] values) => writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
}
