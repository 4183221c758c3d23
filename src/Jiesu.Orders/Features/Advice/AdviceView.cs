using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Features.Language;

namespace Jiesu.Orders.Features.Advice;

/// <summary>建议内容 as the wire names it; what is stored with an order.</summary>
internal sealed record AdviceView(
    IReadOnlyList<ClassAdvice> Classes, IReadOnlyList<UnitAdvice> Units, IReadOnlyList<PlaceAdvice> Addresses,
    IReadOnlyList<string> Keywords, IReadOnlyList<string> Entities, IReadOnlyList<string> Flags, string ModelVersion)
{
    private const int Shown = 5;

    /// <summary>As on the wire; Chinese stays Chinese.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>大模型意见, beside the advice and with a version of its own; stored by itself, not with the advice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelOpinion.View? Language { get; init; }

    /// <summary>要素片段.</summary>
    public IReadOnlyList<SpanView> Spans { get; init; } = [];

    /// <summary>地址要素 of the address.</summary>
    public IReadOnlyList<ElementAdvice> Elements { get; init; } = [];

    /// <summary>标记 with the words that raised them.</summary>
    public IReadOnlyList<FlagAdvice> FlagWords { get; init; } = [];

    /// <summary>When it was given; null for what was stored by an earlier version.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>所在: names that tell one spot from another; a bare road runs through many.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> PlaceNames => [.. Entities.Where(e => !Roads.Contains(e[^1]))];

    private static readonly char[] Roads = ['路', '街', '道', '侧', '口'];

    /// <summary>As it was stored with an order.</summary>
    public static AdviceView Read(string stored) => JsonSerializer.Deserialize<AdviceView>(stored, Json)!;

    public static AdviceView Of(Intelligence.Contracts.Advice a, DateTimeOffset at) => new(
        [.. a.Classes.Take(Shown)], [.. a.Units.Take(Shown)],
        [.. a.Addresses.Take(Shown).Select(x => new PlaceAdvice(
            x.Text, x.Town, x.TownName, x.Community, x.CommunityName, x.Lon is null ? null : new LonLat(x.Lon, x.Lat), x.Score, x.Evidence))],
        a.Keywords, a.Entities, [.. a.Flags.Select(f => f.Flag)], a.ModelVersion)
    {
        Spans = [.. a.Spans.Select(SpanView.Of)],
        Elements = a.Elements,
        FlagWords = a.Flags,
        At = at,
    };

    public string Write() => JsonSerializer.Serialize(this, Json);
}

/// <summary>要素片段.</summary>
/// <param name="Kind">place, company, time, amount, person, phone, home or identifier.</param>
/// <param name="Field">title, text or address; start and end count its UTF-16 units.</param>
/// <param name="Text">Null for what leads to a person.</param>
internal sealed record SpanView(string Kind, string KindName, string Field, int Start, int End, string? Text)
{
    public static SpanView Of(EntitySpan s) => new(s.Kind.ToString().ToLowerInvariant(), NameOf(s.Kind), s.Field, s.Start, s.End, s.Text);

    private static string NameOf(SpanKind kind) => kind switch
    {
        SpanKind.Place => "地点",
        SpanKind.Company => "单位",
        SpanKind.Time => "时间",
        SpanKind.Amount => "金额",
        SpanKind.Person => "姓名",
        SpanKind.Phone => "电话",
        SpanKind.Home => "门牌",
        SpanKind.Identifier => "证件账号",
    };
}

/// <summary>地址建议.</summary>
internal sealed record PlaceAdvice(string Text, string? Town, string? TownName, string? Community, string? CommunityName, LonLat? LonLat, double Score, string Evidence);
