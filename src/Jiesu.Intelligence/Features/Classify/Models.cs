using Jiesu.Catalog.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>
/// 现用模型: the one that <c>champion</c> in <c>models/</c> of the data folder names, else the newest file there; without one, a model of the catalogue's words.
/// Another one takes over while requests run, on all nodes that share the folder.
/// </summary>
internal sealed class Models(IConfiguration settings, TimeProvider clock, ILogger<Models> log)
{
    private const string Pattern = "class-*.model";
    private const string Champion = "champion";
    private const int MostKept = 5, MostNamed = 50;
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(2);

    private readonly string _folder = Path.Combine(settings["Jiesu:DataFolder"] ?? "var", "models");
    private readonly Lock _one = new();
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private string? _file;
    private ClassModel? _trained;
    private bool _isOutdatedTold;
    private (CatalogueDay Day, ClassModel Model)? _untrained;

    public ClassModel Current(CatalogueDay day)
    {
        lock (_one)
        {
            if (clock.GetUtcNow() - _lookedAt >= Often)
            {
                _lookedAt = clock.GetUtcNow();
                LookForNewer();
            }

            return _trained ?? Untrained(day);
        }
    }

    /// <summary>目录词模型: what the catalogue's own words say, for texts that the orders learned from do not prepare for.</summary>
    public ClassModel Described(CatalogueDay day)
    {
        lock (_one)
        {
            return Untrained(day);
        }
    }

    /// <summary>
    /// True once in the life of the process, if there are models here but all of an earlier recipe, which this version cannot read: then the orders must be learned anew.
    /// Until that is done the catalogue's words advise.
    /// </summary>
    public bool TakeOutdated()
    {
        lock (_one)
        {
            if (_trained is not null || _isOutdatedTold)
            {
                return false;
            }

            LookForNewer();
            return _isOutdatedTold = _trained is null && Files().Any();
        }
    }

    /// <summary>Writes the file whole or not at all, then uses it; older ones beyond the last five go.</summary>
    public void Add(ClassModel model)
    {
        var file = Write(model);
        Name(file);
        lock (_one)
        {
            (_file, _trained) = (file, model);
        }
    }

    /// <summary>挑战者: kept beside the model in use, which goes on advising until this one has shown itself no worse. The first model of all is used at once.</summary>
    public void AddChallenger(ClassModel model)
    {
        string? champion;
        lock (_one)
        {
            LookForNewer();
            champion = _file;
        }

        if (champion is null)
        {
            Add(model);
            return;
        }

        Name(champion);         // named before the newer file stands there, which would be taken else
        Write(model);
    }

    /// <summary>启用、回退: this model advises from now on; false when it is not kept any more.</summary>
    public bool Use(string version)
    {
        if (Find(version) is not { } found)
        {
            return false;
        }

        Name(found.File);
        lock (_one)
        {
            (_file, _trained) = (found.File, found.Model);
        }

        return true;
    }

    /// <summary>Models that are kept, newest first, and whether each was in use before: what a person took out of use never comes back by itself.</summary>
    public IReadOnlyList<(ModelCard Card, bool WasUsed)> Kept()
    {
        var used = UsedFiles();
        return [.. Files().Select(f => (Card: ReadCard(f), WasUsed: used.Contains(Path.GetFileName(f)))).Where(m => m.Card is not null).Select(m => (m.Card!, m.WasUsed))];
    }

    public ClassModel? Read(string version) => Find(version)?.Model;

    private (string File, ClassModel Model)? Find(string version)
    {
        foreach (var file in Files().Where(f => ReadCard(f)?.Version == version))
        {
            using var stream = File.OpenRead(file);
            return ModelFile.Read(stream) is { } model ? (file, model) : null;
        }

        return null;
    }

    private string Write(ClassModel model)
    {
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, string.Create(null, $"class-{model.Card.TrainedAt.UtcDateTime:yyyyMMddTHHmmssfff}-{model.Card.Version}.model"));
        using (var stream = File.Create(file + ".part"))
        {
            ModelFile.Write(model, stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".part", file, overwrite: true);
        Array.ForEach([.. Files().Skip(MostKept).Where(f => f != Named())], File.Delete);
        return file;
    }

    /// <summary>The one in use in the first line, those that were in use before below it.</summary>
    private void Name(string file)
    {
        var name = Path.Combine(_folder, Champion);
        File.WriteAllLines(name + ".part", UsedFiles().Prepend(Path.GetFileName(file)).Distinct().Take(MostNamed));
        File.Move(name + ".part", name, overwrite: true);
    }

    /// <summary>The file that is named, if it is there.</summary>
    private string? Named() => UsedFiles() is [var first, ..] && Path.Combine(_folder, first) is var file && File.Exists(file) ? file : null;

    private string[] UsedFiles() =>
        Path.Combine(_folder, Champion) is var name && File.Exists(name) ? [.. File.ReadAllLines(name).Select(line => Path.GetFileName(line.Trim())).Where(line => line.Length > 0)] : [];

    private static ModelCard? ReadCard(string file)
    {
        using var stream = File.OpenRead(file);
        return ModelFile.ReadCard(stream);
    }

    private void LookForNewer()
    {
        foreach (var file in (Named() is { } named ? Files().Prepend(named) : Files()).TakeWhile(f => f != _file))
        {
            using var stream = File.OpenRead(file);
            if (ModelFile.Read(stream) is { } model)
            {
                (_file, _trained) = (file, model);
                log.LogInformation("Model {Version} advises from now on", model.Card.Version);
                return;
            }
        }
    }

    /// <summary>Newest first: the name begins with the instant.</summary>
    private IEnumerable<string> Files() => Directory.Exists(_folder) ? Directory.GetFiles(_folder, Pattern).OrderDescending(StringComparer.Ordinal) : [];

    private ClassModel Untrained(CatalogueDay day)
    {
        if (_untrained is not { } known || !ReferenceEquals(known.Day, day))
        {
            known = (day, ClassTraining.Run(new(), CatalogueWords.Of(day.Classes), clock.GetUtcNow(), cores: 1, CancellationToken.None));
            _untrained = known;
        }

        return known.Model;
    }
}
