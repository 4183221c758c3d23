using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Forms;
using Jiesu.Platform;
using Microsoft.Extensions.Primitives;

namespace Jiesu.Orders.Features.List;

/// <summary>
/// Reads a filter from the address. A day is a whole day in Beijing, <c>to</c> included; an instant is exact, <c>to</c> excluded.
/// An empty value is no condition, as forms send it; a value that means nothing is refused with its name.
/// </summary>
internal sealed class FilterReader(UnitTree units, CatalogueDay catalogue)
{
    private const int LongestText = 200;
    private const int LastPage = 1_000_000;

    /// <summary>In the place of a class: orders that have none yet.</summary>
    private const string Unclassified = "none";

    public static IReadOnlySet<string> Names { get; } = new HashSet<string>
    {
        "state", "unit", "class", "town", "community", "channel", "originType", "q", "from", "to", "closedFrom", "closedTo", "assignedTo", "page", "pageSize", "after",
        "closed", "validCallback", "contacted", "solved", "satisfied", "excluded", "late", "lamp", "overlay", "unitKind",
    };

    public static bool IsCondition(string name) => Names.Contains(name) || FormCondition.IsName(name);

    private readonly Dictionary<string, string[]> _bad = [];
    private IReadOnlyDictionary<string, StringValues> _query = new Dictionary<string, StringValues>();

    /// <param name="beside">Further names that this address may carry; null when it may carry anything, as those of pages.</param>
    public Result<OrderFilter> Read(IEnumerable<KeyValuePair<string, StringValues>> query, IReadOnlyCollection<string>? beside)
    {
        _query = query.ToDictionary(x => x.Key, x => x.Value);
        _bad.Clear();
        foreach (var name in _query.Keys.Where(name => beside is not null && !IsCondition(name) && !beside.Contains(name)))
        {
            Bad(name, "没有这个筛选条件，请核对名称。");
        }

        var filter = new OrderFilter
        {
            States = States(),
            UnitId = Unit("unit"),
            AssignedTo = Unit("assignedTo"),
            UnitIds = UnitsOfKind(),
            IsUnclassified = Word("class") == Unclassified,
            ClassPrefix = ClassPrefix(),
            TownCode = Known("town", w => catalogue.FindPlace(w) is { ParentCode: null } town ? town : null, "没有这个街道或镇。")?.Code,
            CommunityCode = Known("community", w => catalogue.FindPlace(w, Word("town")) is { ParentCode: not null } place ? place : null, "没有这个社区或村。")?.Code,
            Channels = Channels(),
            Origin = (OriginType?)Number("originType", 0, 2),
            Form = [.. _query.Keys.Where(FormCondition.IsName).Order(StringComparer.Ordinal).Where(n => Word(n) is not null).Select(n => new FormCondition(n[FormCondition.Prefix.Length..], Word(n)!))],
            Text = Text(),
            From = Start("from"),
            Until = End("to"),
            ClosedFrom = Start("closedFrom"),
            ClosedUntil = End("closedTo"),
            IsClosed = Flag("closed"),
            HasValidCallback = Flag("validCallback"),
            Contacted = Flag("contacted"),
            Solved = Flag("solved"),
            Satisfied = OneOf("satisfied", Enum.GetValues<Satisfaction>().ToDictionary(s => s.Name())),
            IsExcluded = Flag("excluded"),
            WasLate = Flag("late"),
            Lamp = OneOf("lamp", Enum.GetValues<LampColour>().ToDictionary(l => l.Wire())),
            Overlay = Overlay(),
            Page = Number("page", 1, LastPage) ?? 1,
            PageSize = Number("pageSize", 1, OrderFilter.LargestPage) ?? OrderFilter.UsualPage,
            After = Parsed<long>("after", "请使用上一页给出的 next。"),
        };
        Ordered("to", filter.From, filter.Until);
        Ordered("closedTo", filter.ClosedFrom, filter.ClosedUntil);
        return _bad.Count == 0 ? filter : new Error(ErrorKind.Invalid, "request.invalid", "请检查标出的筛选条件。") { Fields = _bad };
    }

    private void Ordered(string name, DateTimeOffset? from, DateTimeOffset? until)
    {
        if (from >= until)
        {
            Bad(name, "结束时间须晚于开始时间，请调整。");
        }
    }

    private void Bad(string name, string message) => _bad[name] = [message];

    private string? Word(string name)
    {
        var values = _query.GetValueOrDefault(name);
        if (values.Count > 1)
        {
            Bad(name, "这个条件只能写一次。");
        }

        var word = values.Count == 0 ? "" : values[0]!.Trim();
        return word.Length == 0 ? null : word;
    }

    private T? Known<T>(string name, Func<string, T?> find, string message)
        where T : class
    {
        if (Word(name) is not { } word)
        {
            return null;
        }

        var found = find(word);
        if (found is null)
        {
            Bad(name, message);
        }

        return found;
    }

    private T? OneOf<T>(string name, Dictionary<string, T> words)
        where T : struct
    {
        if (Word(name) is not { } word)
        {
            return null;
        }

        if (words.TryGetValue(word, out var value))
        {
            return value;
        }

        Bad(name, $"只能是{string.Join("、", words.Keys)}。");
        return null;
    }

    private bool? Flag(string name) => OneOf(name, new Dictionary<string, bool> { ["true"] = true, ["false"] = false });

    private T? Parsed<T>(string name, string message)
        where T : struct, ISpanParsable<T>
    {
        if (Word(name) is not { } word)
        {
            return null;
        }

        if (T.TryParse(word, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Bad(name, message);
        return null;
    }

    private int? Number(string name, int least, int most)
    {
        var message = $"请填写 {least} 到 {most} 的整数。";
        var value = Parsed<int>(name, message);
        if (value < least || value > most)
        {
            Bad(name, message);
        }

        return value;
    }

    private Guid? Unit(string name)
    {
        var unit = Known(name, units.Find, "没有这个单位代码。");
        return unit?.Id;
    }

    private List<Guid>? UnitsOfKind() => OneOf("unitKind", Enum.GetValues<UnitKind>().ToDictionary(k => k.ToString())) is { } kind
        ? [.. units.All.Where(u => u.Kind == kind).Select(u => u.Id)]
        : null;

    private string? ClassPrefix() => Word("class") != Unclassified && Known("class", catalogue.FindClass, "没有这个问题分类。") is { } known
        ? known.Code[..(2 * known.Level)]
        : null;

    private List<OrderState> States()
    {
        var states = new List<OrderState>();
        foreach (var word in _query.GetValueOrDefault("state").SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (Enum.TryParse<OrderState>(word, out var state) && state.ToString() == word)
            {
                states.Add(state);
            }
            else
            {
                Bad("state", "没有这个状态。");
            }
        }

        return states;
    }

    private List<string> Channels()
    {
        if (Word("channel") is not { } word)
        {
            return [];
        }

        var item = catalogue.FindItem(DictionaryNames.Channels, word);
        return [.. new[] { word, item?.Code, item?.Name }.OfType<string>().Distinct()];
    }

    private OrderOverlay? Overlay()
    {
        var words = Enum.GetValues<OrderOverlay>().Where(o => o is not (OrderOverlay.None or OrderOverlay.ReturnUpApplied)).ToDictionary(o => o.ToString());
        var overlay = OneOf("overlay", words);
        return overlay == OrderOverlay.ReturnApplied ? OrderOverlay.ReturnApplied | OrderOverlay.ReturnUpApplied : overlay;
    }

    private string? Text()
    {
        var text = Word("q");
        if (text?.Length > LongestText)
        {
            Bad("q", $"检索词最多 {LongestText} 个字。");
        }

        return text;
    }

    private DateTimeOffset? Start(string name) => Moment(name, day => day.StartOfDay());

    private DateTimeOffset? End(string name) => Moment(name, day => day.AddDays(1).StartOfDay());

    private DateTimeOffset? Moment(string name, Func<DateOnly, DateTimeOffset> ofDay)
    {
        if (Word(name) is not { } word)
        {
            return null;
        }

        if (DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
        {
            return ofDay(day);
        }

        // The plus sign of an offset is a blank in an address that was not escaped.
        if (BeijingInstants.TryParse(word.Replace(' ', '+'), out var instant))
        {
            return instant;
        }

        Bad(name, "请填写日期（如 2026-03-02）或带时区的时刻。");
        return null;
    }
}
