using System.Text.RegularExpressions;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform.Kit;

namespace Jiesu.Orders.Features.Phrases;

/// <summary>常用语填充: in one pass, so that what is filled in is never read as a brace again; what is unknown or not known yet stays as it is printed.</summary>
internal static partial class PhraseText
{
    private static readonly OrderAction[] Dispatches = [OrderAction.Dispatch, OrderAction.Redispatch, OrderAction.SubDispatch, OrderAction.AddHandler, OrderAction.Rework];

    /// <summary>Which use stands beside which field; no actions: beside that field of every one.</summary>
    private static readonly (string Field, OrderAction[] Actions, string Use)[] Uses =
    [
        (Carry.Note, Dispatches, PhraseUses.Dispatch),
        (Carry.Note, [OrderAction.Contact], PhraseUses.Contact),
        (Carry.Result, [OrderAction.SubmitReply, OrderAction.Answer], PhraseUses.Reply),
        (Carry.Opinion, [], PhraseUses.Review),
    ];

    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Braces().Replace(text, m => values.GetValueOrDefault(m.Groups[1].Value) ?? m.Value);

    /// <summary>常用语 for the fields of an action, by field, filled with the order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Choice>> For(OrderAction action, OrderView order, CatalogueDay day, string? unitCode, DateOnly today)
    {
        var values = ValuesOf(order, today, knowsUnit: !Dispatches.Contains(action));
        return Uses.Where(u => u.Actions.Length == 0 || u.Actions.Contains(action))
            .ToDictionary(u => u.Field, u => Choices(day.Phrases(u.Use, order.ClassL3, unitCode), values));
    }

    public static IReadOnlyList<Choice> Choices(IReadOnlyList<Phrase> phrases, IReadOnlyDictionary<string, string> values) => [.. phrases.Select(p => new Choice(Fill(p.Text, values), p.Title))];

    /// <param name="knowsUnit">While a unit is being chosen, the one that answers now is not meant.</param>
    private static Dictionary<string, string> ValuesOf(OrderView order, DateOnly today, bool knowsUnit) => new (string Name, string? Value)[]
    {
        ("诉求人称呼", Salutation(order.Caller)),
        ("工单编号", order.CaseNo),
        ("地址", order.Address ?? order.CommunityName ?? order.TownName),
        ("点位", order.PointName),
        ("分类", order.ClassName),
        ("承办单位", knowsUnit ? order.UnitName : null),
        ("截止时间", order.Deadline is { } due ? Show.DateTime(due) : null),
        ("今天", Show.Date(today)),
    }.Where(v => !string.IsNullOrWhiteSpace(v.Value)).ToDictionary(v => v.Name, v => v.Value!);

    /// <summary>Of a masked name the first character is all that may be said.</summary>
    private static string Salutation(MaskedCaller? caller) =>
        caller?.Name is { Length: > 0 } name && char.IsLetter(name[0]) && !char.IsSurrogate(name[0]) ? $"{name[0]}先生/女士" : "诉求人";

    [GeneratedRegex(@"\{([^{}]{1,20})\}")]
    private static partial Regex Braces();
}
