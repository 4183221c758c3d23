using System.Globalization;
using Jiesu.Evaluation.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Evaluation.Features.ThreeRates;

/// <summary>权重试算: what other weights would have made of a period, beside what it is; lives in the address, stores nothing.</summary>
public static class TryWeights
{
    internal static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet("/evaluation/trial", ShowAsync).RequireAuthorization(Permissions.Read);

    private static async Task<IResult> ShowAsync([AsParameters] Form form, HttpContext http, Actor actor, RatesReport report, JiesuDb db, TimeProvider clock, CancellationToken ct)
    {
        var ask = new ShowThreeRates.Ask { Period = form.Period, Group = form.Group };
        var now = await report.BuildAsync(ask, actor, null, ct);
        if (now.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var used = now.Value.Weights;
        form = form.Contacted is null && form.Solved is null && form.Satisfied is null ? form.With(used) : form;
        var periods = (await db.PeriodsAsync(ct)).Begun(clock.Today()).Select(p => new Choice(p.Code, p.Code)).ToArray();
        var view = new View(form with { Period = now.Value.Period, Group = now.Value.Group }, periods, []);
        if (form.ToWeights() is not { } weights)
        {
            return Page.Show<TrialPage, TrialTable>(http, view, EvaluationErrors.WeightsNotWhole());
        }

        var then = await report.BuildAsync(ask, actor, weights, ct);
        return Page.Show<TrialPage, TrialTable>(http, view with { Rows = Compare(now.Value, then.Value) });
    }

    private static Row[] Compare(ShowThreeRates.Report now, ShowThreeRates.Report then)
    {
        var before = now.Items.ToDictionary(r => r.Unit!);
        return [.. then.Items.Select(r => (Then: r, Now: before[r.Unit!])).Select(x => new Row(
            x.Then.UnitName, Score.Shown(x.Now.CompositeScore), x.Now.Rank, Score.Shown(x.Then.CompositeScore), x.Then.Rank, x.Now.Rank - x.Then.Rank))];
    }

    /// <summary>What was typed: percentages.</summary>
    public sealed record Form
    {
        public string? Period { get; init; }
        public string? Group { get; init; }
        public string? Contacted { get; init; }
        public string? Solved { get; init; }
        public string? Satisfied { get; init; }

        /// <summary>基本满意系数, 0–1.</summary>
        public string? MostlySatisfied { get; init; }

        internal Form With(ShowThreeRates.WeightsUsed used) => this with
        {
            Contacted = Percent(used.Contacted),
            Solved = Percent(used.Solved),
            Satisfied = Percent(used.Satisfied),
            MostlySatisfied = used.MostlySatisfied.ToString("0.####", CultureInfo.InvariantCulture),
        };

        internal Weights? ToWeights()
        {
            var weights = new Weights(Number(Contacted) / 100, Number(Solved) / 100, Number(Satisfied) / 100, Number(MostlySatisfied));
            return weights.AreWhole ? weights : null;
        }

        private static string Percent(decimal share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture);

        /// <summary>What is no number is outside every range.</summary>
        private static decimal Number(string? text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    /// <summary>What the page shows.</summary>
    public sealed record View(Form Form, IReadOnlyList<Choice> Periods, IReadOnlyList<Row> Rows);

    /// <param name="Rise">Places won; negative: lost.</param>
    public sealed record Row(string UnitName, decimal? Score, int? Rank, decimal? TrialScore, int? TrialRank, int? Rise);
}
