using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Forms;

/// <summary>已答表单 of an order: what was answered at intake and in each reply, with the labels of the version that was shown.</summary>
public static class AnsweredForms
{
    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/{id:guid}/forms", GetAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> GetAsync(Guid id, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.FindAsync(id, actor, ct) is { } items ? TypedResults.Ok(new Answer(items)) : OrderErrors.NotFound().ToProblem();

    internal sealed record Answer(IReadOnlyList<Item> Items);

    /// <summary>一张已答表单.</summary>
    /// <param name="Form">Code of the definition.</param>
    /// <param name="Unit">单位代码 of who answered.</param>
    public sealed record Item(string Form, int Version, string Title, string Unit, string UnitName, DateTimeOffset At, IReadOnlyList<Line> Answers);

    /// <summary>一项答案.</summary>
    /// <param name="Value">As it was answered.</param>
    /// <param name="Text">As people read it.</param>
    public sealed record Line(string Name, string Label, string? Group, JsonElement Value, string Text);

    private sealed record Filled(FormVersion Version, Guid UnitId, DateTimeOffset At, IReadOnlyDictionary<string, JsonElement>? Values, IReadOnlyList<FormValue> Rows);

    /// <summary>The use case.</summary>
    internal sealed class Handler(OrderCase cases, IFormVersions versions, ICatalogue catalogue, IUnitDirectory units)
    {
        /// <summary>Newest first; null when the order is absent or out of scope.</summary>
        public async Task<IReadOnlyList<Item>?> FindAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (id == Guid.Empty || await cases.EnclosedAsync(OrderId.From(id), actor, ct) is not { } enclosed)
            {
                return null;
            }

            var order = OrderId.From(id);
            var steps = (await cases.HistoryAsync(order, actor, ct)).Where(e => e is { Action: OrderAction.SubmitReply, Details: not null });
            var filled = steps.Select(e => (e, StepDetails.Read(e.Details).Form)).Where(x => x.Form is not null)
                .Select(x => new Filled(new(x.Form!.Code, x.Form.Version), x.e.ActorUnitId, x.e.At, x.Form.Values, []))
                .Concat(enclosed.Intake.GroupBy(r => new FormVersion(r.Form, r.Version)).Select(g => new Filled(g.Key, g.First().UnitId, g.First().At, null, [.. g])))
                .OrderByDescending(f => f.At).ToArray();
            return filled.Length == 0 ? [] : await DescribeAsync(filled, ct);
        }

        private async Task<IReadOnlyList<Item>> DescribeAsync(Filled[] filled, CancellationToken ct)
        {
            var known = await versions.FindAsync([.. filled.Select(f => f.Version).Distinct()], ct);
            var (day, tree) = (await catalogue.GetAsync(ct), await units.GetAsync(ct));
            return [.. filled.Where(f => known.ContainsKey(f.Version)).Select(f =>
            {
                var (form, unit) = (known[f.Version], tree.Find(f.UnitId));
                var values = f.Values ?? FormValue.Values(f.Rows, form);
                return new Item(
                    form.Code, form.Version, form.Title, unit?.Code.Value ?? "", unit?.Name ?? "", f.At,
                    [.. form.Questions.Where(q => values.ContainsKey(q.Name)).Select(q => new Line(q.Name, q.Label, q.Group, values[q.Name], q.Words(values[q.Name], day, tree)))]);
            })];
        }
    }
}
