using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Notice;

namespace Jiesu.Intelligence.Features.Events;

internal sealed class EventReading(ILanguageModel language, AreaOutlines outlines) : IEventReading
{
    private CrowdWords _crowd = new([], []);

    public CrowdSigns SignsOf(string text, IReadOnlyList<string> words, IReadOnlyList<string> except)
    {
        var plain = PlainText.OfOrder(text);
        var crowd = _crowd.IsOf(words, except) ? _crowd : _crowd = new(words, except);    // one list serves until the rule changes
        return new(crowd.In(plain), Flags.Headcounts(plain).DefaultIfEmpty().Max());
    }

    /// <summary>Struck before it is cut: what stands around a name shows that it is one.</summary>
    public string? AskOf(IReadOnlyList<string> texts)
    {
        string[] ordered = [.. EventCentre.Order(texts)];
        return ordered.Select(t => EventAsk.In(language.Strike(t))).FirstOrDefault(a => a is not null) ?? (ordered is [var central, ..] ? language.Strike(central).Split('\n')[0] : null);
    }

    public IReadOnlyList<AreaOutline> OutlinesIn(double west, double south, double east, double north) => outlines.In(west, south, east, north);

    /// <summary>聚集词 with the longer words that take them away.</summary>
    private sealed class CrowdWords(IReadOnlyList<string> words, IReadOnlyList<string> except)
    {
        private readonly WordList<string?> _list = new(words.Select(w => (Key: PlainText.Of(w), Value: (string?)w)).Concat(except.Select(w => (Key: PlainText.Of(w), Value: (string?)null)))
            .Where(w => w.Key.Length > 0).DistinctBy(w => w.Key).ToDictionary(w => w.Key, w => w.Value));

        public bool IsOf(IReadOnlyList<string> others, IReadOnlyList<string> otherExcept) => words.SequenceEqual(others) && except.SequenceEqual(otherExcept);

        public IReadOnlyList<string> In(string plain) => [.. _list.In(plain).Select(f => f.Value).OfType<string>().Distinct()];
    }
}
