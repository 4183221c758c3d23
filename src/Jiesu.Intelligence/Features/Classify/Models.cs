using Jiesu.Catalog.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>现用模型: the newest file in <c>models/</c> of the data folder; without one, a model of the catalogue's words. A new file takes over while requests run.</summary>
internal sealed class Models(IConfiguration settings, TimeProvider clock, ILogger<Models> log)
{
    private const string Pattern = "class-*.model";
    private const int Kept = 5;
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
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, string.Create(null, $"class-{model.Card.TrainedAt.UtcDateTime:yyyyMMddTHHmmssfff}-{model.Card.Version}.model"));
        using (var stream = File.Create(file + ".part"))
        {
            ModelFile.Write(model, stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".part", file, overwrite: true);
        lock (_one)
        {
            (_file, _trained) = (file, model);
        }

        Array.ForEach([.. Files().Skip(Kept)], File.Delete);
    }

    private void LookForNewer()
    {
        foreach (var file in Files().TakeWhile(f => f != _file))
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
