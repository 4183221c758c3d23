using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Locate;
using Jiesu.Intelligence.Features.Words;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>What advice needs of one day's catalogue, made once and used until the catalogue, the aliases or the dictionary change.</summary>
internal sealed class DayTools(Models models, AreaFile areas)
{
    private volatile Tools? _last;

    public Tools For(CatalogueDay day, IReadOnlyList<PlaceAlias> aliases, IReadOnlyList<DictionaryWord> words)
    {
        if (_last is not { } tools || !ReferenceEquals(tools.Day, day) || !ReferenceEquals(tools.Aliases, aliases) || !ReferenceEquals(tools.Words, words))
        {
            _last = tools = new(day, aliases, words, new Locator(day.Places, aliases, areas.Areas), new Keywords(day.Classes, words));
        }

        return tools with { Model = models.Current(day) };
    }
}

/// <summary>One day's tools; the model may be newer than they are.</summary>
internal sealed record Tools(CatalogueDay Day, IReadOnlyList<PlaceAlias> Aliases, IReadOnlyList<DictionaryWord> Words, Locator Locator, Keywords Keywords)
{
    public ClassModel Model { get; init; } = null!;
}
