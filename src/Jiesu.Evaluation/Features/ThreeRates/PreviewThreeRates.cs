using System.ComponentModel.DataAnnotations;
using Jiesu.Evaluation.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Evaluation.Features.ThreeRates;

/// <summary>三率试算: scores and ranks of counts that the asker brings; stores nothing.</summary>
public static class PreviewThreeRates
{
    private const int MostUnits = 1000;
    private const int LargestCount = 100_000_000;

    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/evaluation/three-rates/preview", Post).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status400BadRequest);

    private static Results<Ok<Response>, ProblemHttpResult> Post(Request request)
    {
        if (Shape.Refuses(request) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var weights = request.Weights?.ToWeights() ?? Weights.Usual;
        var counts = request.Units!.Select(u => u.ToCounts()).ToArray();
        var scores = counts.Select(c => Score.Of(c, weights)).ToArray();
        var ranks = Ranking.Of([.. counts.Zip(scores, (c, s) => (s.CompositeScore, c.Valid))]);
        return TypedResults.Ok(new Response(
            [.. scores.Select((s, i) => new Item(Score.Exact(s.CompositeScore), ranks[i], ShowThreeRates.Rates.Of(s)))],
            ShowThreeRates.Rates.Of(Score.MeanOf(scores)),
            ShowThreeRates.Rates.Of(Score.Of(counts.Aggregate(default(Counts), (sum, c) => sum + c), weights))));
    }

    public sealed record Request : IRequest
    {
        /// <summary>参评单位.</summary>
        [Required(ErrorMessage = "请给出至少一个单位的计数。"), Length(1, MostUnits, ErrorMessage = "请给出 1 到 1000 个单位的计数。")]
        public IReadOnlyList<UnitCounts>? Units { get; init; }

        /// <summary>权重; 10 / 50 / 40 where absent.</summary>
        public WeightsRequest? Weights { get; init; }
    }

    /// <summary>单位计数.</summary>
    public sealed record UnitCounts : IRequest, IValidatableObject
    {
        /// <summary>有效回访.</summary>
        [Required(ErrorMessage = "请填写有效回访数。"), Range(0, LargestCount, ErrorMessage = "计数须是不小于 0 的整数。")]
        public int? Valid { get; init; }

        [Required(ErrorMessage = "请填写联系数。"), Range(0, LargestCount, ErrorMessage = "计数须是不小于 0 的整数。")]
        public int? Contacted { get; init; }

        [Required(ErrorMessage = "请填写解决数。"), Range(0, LargestCount, ErrorMessage = "计数须是不小于 0 的整数。")]
        public int? Solved { get; init; }

        /// <summary>满意数, without 基本满意.</summary>
        [Required(ErrorMessage = "请填写满意数。"), Range(0, LargestCount, ErrorMessage = "计数须是不小于 0 的整数。")]
        public int? Satisfied { get; init; }

        /// <summary>基本满意数; 0 where absent.</summary>
        [Range(0, LargestCount, ErrorMessage = "计数须是不小于 0 的整数。")]
        public int? MostlySatisfied { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Contacted > Valid)
            {
                yield return new("联系数不能大于有效回访数。", [nameof(Contacted)]);
            }

            if (Solved > Valid)
            {
                yield return new("解决数不能大于有效回访数。", [nameof(Solved)]);
            }

            if (Satisfied > Valid)
            {
                yield return new("满意数不能大于有效回访数。", [nameof(Satisfied)]);
            }
            else if (Satisfied + (MostlySatisfied ?? 0) > Valid)
            {
                yield return new("满意数与基本满意数之和不能大于有效回访数。", [nameof(MostlySatisfied)]);
            }
        }

        internal Counts ToCounts() => new(Valid!.Value, 0, Valid.Value, Contacted!.Value, Solved!.Value, Satisfied!.Value, MostlySatisfied ?? 0);
    }

    /// <summary>权重: shares that add up to 1, or percentages that add up to 100.</summary>
    public sealed record WeightsRequest : IRequest, IValidatableObject
    {
        [Required(ErrorMessage = "请填写响应率权重。"), Range(0d, 100d, ErrorMessage = "权重须在 0 到 100 之间。")]
        public decimal? Contacted { get; init; }

        [Required(ErrorMessage = "请填写解决率权重。"), Range(0d, 100d, ErrorMessage = "权重须在 0 到 100 之间。")]
        public decimal? Solved { get; init; }

        [Required(ErrorMessage = "请填写满意率权重。"), Range(0d, 100d, ErrorMessage = "权重须在 0 到 100 之间。")]
        public decimal? Satisfied { get; init; }

        private decimal? Sum => Contacted + Solved + Satisfied;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            Sum is 1 or 100 ? [] : [new("三项权重之和须为 1（或按百分数为 100）。", [nameof(Contacted), nameof(Solved), nameof(Satisfied)])];

        internal Weights ToWeights() => Sum == 1
            ? new(Contacted!.Value, Solved!.Value, Satisfied!.Value)
            : new(Contacted!.Value / 100, Solved!.Value / 100, Satisfied!.Value / 100);
    }

    internal sealed record Response(IReadOnlyList<Item> Items, ShowThreeRates.Rates Mean, ShowThreeRates.Rates Pooled);

    internal sealed record Item(decimal? CompositeScore, int? Rank, ShowThreeRates.Rates Rates);
}
