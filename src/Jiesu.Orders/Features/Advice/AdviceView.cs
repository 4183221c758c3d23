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

    /// <summary>As it was stored with an order.</summary>
    public static AdviceView Read(string stored) => JsonSerializer.Deserialize<AdviceView>(stored, Json)!;

    public static AdviceView Of(Intelligence.Contracts.Advice a) => new(
        [.. a.Classes.Take(Shown)], [.. a.Units.Take(Shown)],
        [.. a.Addresses.Take(Shown).Select(x => new PlaceAdvice(
            x.Text, x.Town, x.TownName, x.Community, x.CommunityName, x.Lon is null ? null : new LonLat(x.Lon, x.Lat), x.Score, x.Evidence))],
        a.Keywords, a.Entities, a.Flags, a.ModelVersion);

    public string Write() => JsonSerializer.Serialize(this, Json);
}

/// <summary>地址建议.</summary>
internal sealed record PlaceAdvice(string Text, string? Town, string? TownName, string? Community, string? CommunityName, LonLat? LonLat, double Score, string Evidence);

/// <summary>相似工单: only what the asker may open.</summary>
internal sealed record SimilarView(OrderId Id, string CaseNo, string Title, string State, double Score);
