using System.Text.Encodings.Web;
using System.Text.Json;
using Jiesu.Intelligence.Contracts;

namespace Jiesu.Orders.Features.Language;

/// <summary>大模型意见, as it is stored with an order, told on the wire and shown.</summary>
public static class ModelOpinion
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>意见内容.</summary>
    /// <param name="Place">地点, in the words of the request; so the next three.</param>
    /// <param name="Ask">诉求要点.</param>
    /// <param name="Classes">分类, best first, among those that the local model had named.</param>
    /// <param name="ModelVersion">模型名称.</param>
    public sealed record View(string? Place, string? Company, string? Time, string? Amount, string? Ask, IReadOnlyList<Class> Classes, string? Reason, string ModelVersion, DateTimeOffset At)
    {
        internal static View Of(ExtractedFacts? facts, RankedClasses? ranked, IReadOnlyList<ClassAdvice> candidates, string model, DateTimeOffset at) => new(
            facts?.Place, facts?.Company, facts?.Time, facts?.Amount, facts?.Ask,
            [.. (ranked?.Codes ?? []).Select(code => new Class(code, candidates.First(c => c.Code == code).Path))], ranked?.Reason, model, at);

        /// <summary>Null where nothing is stored.</summary>
        internal static View? Read(string? stored) => stored is null ? null : JsonSerializer.Deserialize<View>(stored, Json);

        internal string Write() => JsonSerializer.Serialize(this, Json);

        /// <summary>What is said, line by line.</summary>
        internal IReadOnlyList<(string Label, string Text)> Lines() =>
        [
            .. new[] { ("要点", Ask), ("地点", Place), ("对象", Company), ("时间", Time), ("金额", Amount) }.Where(x => !string.IsNullOrEmpty(x.Item2)).Select(x => (x.Item1, x.Item2!)),
            .. Classes.Take(3).Select((c, i) => (i == 0 ? "首选分类" : "其次", c.Path)),
            .. string.IsNullOrEmpty(Reason) ? [] : new[] { ("理由", Reason) },
        ];
    }

    /// <summary>分类.</summary>
    public sealed record Class(string Code, string Path);
}
