using System.Security.Cryptography;
using System.Text;
using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>现用地址解析: the model that the installation trained, <c>models/address.model</c> of the data folder; without one, a model of made-up addresses of the district.</summary>
internal sealed class AddressParsers(IConfiguration settings, ILogger<AddressParsers> log) : IAddressTraining
{
    private const int Made = 3000, Seed = 12345;

    /// <summary>Made-up addresses are regular: fewer rounds are enough.</summary>
    private static readonly ElementSettings ForMade = new(Rounds: 4, Rate: 0.1, Dropout: 0.5);

    private readonly string _folder = Path.Combine(settings["Jiesu:DataFolder"] ?? "var", "models");
    private readonly Lock _one = new();
    private (DateTime WrittenAt, ElementModel Model)? _trained;
    private (IReadOnlyList<Place> Places, string Path, ElementModel? Model)? _made;
    private readonly Lock _oneMaker = new();
    private Task? _making;

    private string FilePath => Path.Combine(_folder, "address.model");

    /// <summary>The one that is there already; null when none is: nobody waits for it, and nothing begins to make it.</summary>
    public ElementModel? Known(CatalogueDay day)
    {
        lock (_one)
        {
            return Trained() ?? Kept(day.Places);
        }
    }

    /// <summary>Null while the model of made-up addresses is being made: the first question of a catalogue day begins it, and it takes up to half a minute.</summary>
    public ElementModel? Ready(CatalogueDay day)
    {
        lock (_one)
        {
            if (Trained() is { } trained)
            {
                return trained;
            }

            if (Kept(day.Places) is { } kept)
            {
                return kept;
            }

            if (_making is not { IsCompleted: false })
            {
                _making = Task.Run(() => Make(day.Places));
            }

            return null;
        }
    }

    /// <summary>Learns from labelled addresses (see <see cref="LabelledAddress.Read"/>), writes the file whole or not at all, and uses it from then on.</summary>
    public int Train(string file, CancellationToken ct)
    {
        LabelledAddress[] addresses = [.. LabelledAddress.Read(file)];
        if (addresses.Length == 0)
        {
            return 0;
        }

        Write(ElementTraining.Run(addresses, new(), ct), FilePath);
        return addresses.Length;
    }

    /// <summary>Learns made-up addresses of these places, unless that has been done.</summary>
    public void Make(IReadOnlyList<Place> places)
    {
        lock (_oneMaker)
        {
            if (File.Exists(MadePath(places)))
            {
                return;
            }

            Write(ElementTraining.Run(new AddressGenerator(places, Seed).Make(Made), ForMade, CancellationToken.None), MadePath(places));
        }
    }

    /// <summary>Whole or not at all: other nodes read the same folder.</summary>
    private void Write(ElementModel model, string path)
    {
        Directory.CreateDirectory(_folder);
        using (var stream = File.Create(path + ".part"))
        {
            ElementModelFile.Write(model, stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>One a catalogue: with other places other addresses are made.</summary>
    private string MadePath(IReadOnlyList<Place> places) =>
        Path.Combine(_folder, $"address-made-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', places.Select(p => $"{p.Code} {p.ParentCode} {p.Name}")))))[..16]}.model");

    /// <summary>The model of made-up addresses of these places; null while there is none.</summary>
    private ElementModel? Kept(IReadOnlyList<Place> places)
    {
        if (_made is not { } made || !ReferenceEquals(made.Places, places))
        {
            _made = made = (places, MadePath(places), null);
        }

        if (made.Model is null && File.Exists(made.Path))
        {
            using var stream = File.OpenRead(made.Path);
            _made = made = made with { Model = ElementModelFile.Read(stream) };
        }

        return made.Model;
    }

    private ElementModel? Trained()
    {
        if (!File.Exists(FilePath))
        {
            return null;
        }

        var writtenAt = File.GetLastWriteTimeUtc(FilePath);
        if (_trained is not { } known || known.WrittenAt != writtenAt)
        {
            using var stream = File.OpenRead(FilePath);
            if (ElementModelFile.Read(stream) is not { } model)
            {
                return null;
            }

            log.LogInformation("Addresses are parsed by the model of {WrittenAt} from now on", writtenAt);
            _trained = known = (writtenAt, model);
        }

        return known.Model;
    }
}
