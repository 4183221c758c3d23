using System.ComponentModel.DataAnnotations;
using Jiesu.Evaluation.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;

namespace Jiesu.Evaluation.Features.Policy;

/// <summary>新增权重: from a day to come; a second set for the same day replaces the first and leaves it in the history.</summary>
public static class AddWeights
{
    /// <summary>What was typed: percentages.</summary>
    public sealed record Form
    {
        public string? ValidFrom { get; init; }
        public string? Contacted { get; init; }
        public string? Solved { get; init; }
        public string? Satisfied { get; init; }
        public string? MostlySatisfied { get; init; } = "0.9";
        public string? Basis { get; init; }

        internal Request ToRequest() => new()
        {
            ValidFrom = Typed.Day(ValidFrom),
            Contacted = Typed.Number(Contacted),
            Solved = Typed.Number(Solved),
            Satisfied = Typed.Number(Satisfied),
            MostlySatisfied = Typed.Number(MostlySatisfied),
            Basis = Basis,
        };
    }

    internal sealed record Request : IRequest
    {
        [Required(ErrorMessage = "请选择生效日期。")]
        public DateOnly? ValidFrom { get; init; }

        /// <summary>Percent, 0–100.</summary>
        [Required(ErrorMessage = "请填写响应率权重。"), Range(0d, 100d, ErrorMessage = "权重须在 0 到 100 之间。")]
        public decimal? Contacted { get; init; }

        [Required(ErrorMessage = "请填写解决率权重。"), Range(0d, 100d, ErrorMessage = "权重须在 0 到 100 之间。")]
        public decimal? Solved { get; init; }

        [Required(ErrorMessage = "请填写满意率权重。"), Range(0d, 100d, ErrorMessage = "权重须在 0 到 100 之间。")]
        public decimal? Satisfied { get; init; }

        [Required(ErrorMessage = "请填写基本满意系数。"), Range(0d, 1d, ErrorMessage = "系数须在 0 到 1 之间。")]
        public decimal? MostlySatisfied { get; init; }

        [Required(ErrorMessage = "请填写依据。"), MaxLength(200, ErrorMessage = "依据最多 200 字。")]
        public string? Basis { get; init; }
    }

    internal sealed class Handler(JiesuDb db, IAuditLog audit, TimeProvider clock)
    {
        public async Task<Result<Done>> HandleAsync(Request request, Actor actor, CancellationToken ct)
        {
            if (Shape.Refuses(request) is { } refusal)
            {
                return refusal;
            }

            var weights = new Weights(request.Contacted!.Value / 100, request.Solved!.Value / 100, request.Satisfied!.Value / 100, request.MostlySatisfied!.Value);
            var day = request.ValidFrom!.Value;
            if (!weights.AreWhole || day <= clock.Today())
            {
                return weights.AreWhole ? EvaluationErrors.TooEarly() : EvaluationErrors.WeightsNotWhole();
            }

            var before = (await db.WeightsAsync(ct)).All.FirstOrDefault(w => w.ValidFrom == day);
            db.Add(new WeightSet
            {
                ValidFrom = day,
                Revision = (before?.Revision ?? 0) + 1,
                Contacted = weights.Contacted,
                Solved = weights.Solved,
                Satisfied = weights.Satisfied,
                MostlySatisfied = weights.MostlySatisfied,
                Reason = request.Basis!,
                AuthorId = actor.PersonId,
                CreatedAt = clock.GetUtcNow(),
            });
            audit.Record(actor, "evaluation.add-weights", $"weights/{day:yyyy-MM-dd}", $"{weights.Contacted}/{weights.Solved}/{weights.Satisfied}/{weights.MostlySatisfied}");
            return await db.TrySaveAsync(ct) ? default(Done) : EvaluationErrors.Changed();
        }
    }
}
