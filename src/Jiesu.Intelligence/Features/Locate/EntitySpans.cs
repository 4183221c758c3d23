using System.Text.RegularExpressions;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Features.Language;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>要素片段: who, where, when and how much, with the place in the text. What leads to a person is only pointed at.</summary>
internal static partial class EntitySpans
{
    private const int Most = 30;
    private const int LongestText = 1500;

    public static IReadOnlyList<EntitySpan> Of(AdviceQuestion question) =>
        [.. new[] { ("title", question.Title), ("text", question.Text), ("address", question.Address) }.SelectMany(f => In(f.Item1, f.Item2)).Take(Most)];

    /// <summary>In the order of the text; where two overlap, what leads to a person counts.</summary>
    private static IEnumerable<EntitySpan> In(string field, string? said)
    {
        if (string.IsNullOrWhiteSpace(said))
        {
            return [];
        }

        var text = said[..Math.Min(said.Length, LongestText)];
        var personal = Redaction.Find(text).Select(f => (f.Start, f.Length, Kind: KindOf(f.Kind))).ToArray();
        var rest = Entities.Find(text).Select(n => (n.Start, n.Length, Kind: n.IsCompany ? SpanKind.Company : SpanKind.Place))
            .Concat(Time().Matches(text).Select(m => (Start: m.Index, m.Length, Kind: SpanKind.Time)))
            .Concat(Amount().Matches(text).Select(m => (Start: m.Index, m.Length, Kind: SpanKind.Amount)));
        return personal.Select(p => new EntitySpan(p.Kind, field, p.Start, p.Start + p.Length, null))
            .Concat(rest.Where(r => !personal.Any(p => p.Start < r.Start + r.Length && r.Start < p.Start + p.Length && p.Kind != SpanKind.Home))
                .Select(r => new EntitySpan(r.Kind, field, r.Start, r.Start + r.Length, text.Substring(r.Start, r.Length))))
            .OrderBy(s => s.Start).ThenBy(s => s.Kind);
    }

    private static SpanKind KindOf(string redacted) => redacted switch
    {
        "姓名" => SpanKind.Person,
        "电话" => SpanKind.Phone,
        "门牌" => SpanKind.Home,
        _ => SpanKind.Identifier,
    };

    private const string Number = "[0-9０-９〇零一二两三四五六七八九十]{1,3}";
    private const string Day = $"(?:(?:[0-9]{{2,4}}年)?{Number}月(?:份|{Number}[日号])?|[0-9]{{4}}年|{Number}[日号](?=上午|下午|晚|凌晨|早|中午)|(?:今|昨|前|当)[天日晚早]|每[天日晚周]|(?:本|上|这)?周[一二三四五六日末]|(?:本|上个|这个)月|近期|最近|长期)";
    private const string Part = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间|半夜|深夜)";
    private const string Hour = $"(?:{Number}(?:点半|点钟|点|时)(?:{Number}分)?|[0-2]?[0-9][:：][0-5][0-9])";
    private const string Clock = $"{Hour}(?:左右)?(?:[至到\\-~—～]{{1,2}}(?:第二天|次日)?{Part}?{Hour})?";

    [GeneratedRegex($"{Day}{Part}?(?:{Clock})?|{Part}(?:{Clock})?|{Clock}")]
    private static partial Regex Time();

    [GeneratedRegex("(?:[0-9][0-9,]*(?:\\.[0-9]+)?|[一二两三四五六七八九十百千万]+)(?:多|余|几)?[百千万亿]{0,2}(?:多|余)?(?:元|块钱|人民币)")]
    private static partial Regex Amount();
}
