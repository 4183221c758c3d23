using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Features.Address;
using Jiesu.Intelligence.Features.Addresses;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Locate;
using Jiesu.Intelligence.Features.Words;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>What advice needs of one day's catalogue, made once and used until the catalogue, the aliases or the dictionary change.</summary>
internal sealed class DayTools(Models models, AreaFile areas, AddressParsers parsers)
{
    private volatile Tools? _last;

    public Tools For(CatalogueDay day, IReadOnlyList<PlaceAlias> aliases, IReadOnlyList<DictionaryWord> words)
    {
        if (_last is not { } tools || !ReferenceEquals(tools.Day, day) || !ReferenceEquals(tools.Aliases, aliases) || !ReferenceEquals(tools.Words, words))
        {
            _last = tools = new(day, aliases, words, new Locator(day.Places, aliases, areas.Areas), new Keywords(day.Classes, words));
        }

        return tools with { Model = models.Current(day), Described = models.Described(day), Parser = parsers.Known(day) };
    }
}

/// <summary>One day's tools; the model may be newer than they are.</summary>
internal sealed record Tools(CatalogueDay Day, IReadOnlyList<PlaceAlias> Aliases, IReadOnlyList<DictionaryWord> Words, Locator Locator, Keywords Keywords)
{
    public ClassModel Model { get; init; } = null!;

    /// <summary>目录词模型.</summary>
    public ClassModel Described { get; init; } = null!;

    /// <summary>Of the model in use, with the catalogue's words as far as the text is strange to it.</summary>
    public double[] Scores(uint[] grams)
    {
        if (Model.Trust(grams) >= 1)
        {
            return Model.Scores(grams);
        }

        var said = Described.Scores(grams).Index().ToDictionary(s => Described.Codes[s.Index], s => s.Item);
        return Model.Scores(grams, [.. Model.Codes.Select(c => said.GetValueOrDefault(c))]);
    }

    /// <summary>Null while none was made.</summary>
    public ElementModel? Parser { get; init; }

    public IReadOnlyList<ElementAdvice> ElementsOf(string? address) =>
        Parser is null || string.IsNullOrWhiteSpace(address) ? [] : [.. Parser.Parse(address).Select(e => new ElementAdvice(e.Kind, ShowAddresses.NameOf(e.Kind), e.Text))];
}
