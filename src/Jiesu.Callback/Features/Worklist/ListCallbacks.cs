using Jiesu.Callback.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Callback.Features.Worklist;

/// <summary>回访列表: who is to be called, the most urgent first; what is over, the latest first.</summary>
public static class ListCallbacks
{
    private const int LargestPage = 200;
    private const int UsualPage = 50;

    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/callbacks", GetAsync).RequireAuthorization(Permissions.Work).ProducesProblem(StatusCodes.Status400BadRequest);

    internal static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet("/callbacks", ShowAsync).RequireAuthorization(Permissions.Work);

    private static async Task<Results<Ok<List>, ProblemHttpResult>> GetAsync([AsParameters] Ask ask, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.HandleAsync(ask, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(result.Value);
    }

    private static async Task<IResult> ShowAsync([AsParameters] Ask ask, HttpContext http, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.HandleAsync(ask, actor, ct);
        return result.Error is { } refusal
            ? refusal.ToProblem()
            : Page.Show<CallbacksPage, CallbacksList>(http, new View(ask, result.Value, await handler.CountAsync(actor, ct)));
    }

    /// <summary>What is asked for.</summary>
    public sealed record Ask
    {
        /// <summary>pre or final; both where absent.</summary>
        public string? Kind { get; init; }

        /// <summary>open, done, givenUp or withdrawn; open where absent.</summary>
        public string? State { get; init; }

        /// <summary>Only those that the asker took.</summary>
        public bool? Mine { get; init; }
        public int? Page { get; init; }
        public int? PageSize { get; init; }
    }

    /// <summary>回访列表.</summary>
    public sealed record List(int Total, IReadOnlyList<Item> Items, int Page, int PageSize);

    /// <summary>回访任务.</summary>
    public sealed record Item
    {
        public required Guid Id { get; init; }
        public required Guid OrderId { get; init; }
        public required string CaseNo { get; init; }
        public required string Title { get; init; }

        /// <summary>pre or final.</summary>
        public required string Kind { get; init; }

        /// <summary>open, done, givenUp or withdrawn.</summary>
        public required string State { get; init; }
        public required int Round { get; init; }

        /// <summary>责任单位代码.</summary>
        public required string Unit { get; init; }
        public required string UnitName { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required bool IsOverdue { get; init; }
        public required DateTimeOffset? EndedAt { get; init; }

        /// <summary>回访员.</summary>
        public required string? Agent { get; init; }
        public required IReadOnlyList<Attempt> Attempts { get; init; }
    }

    /// <summary>拨打记录.</summary>
    /// <param name="ResultCode">CBF-nn; null when the caller answered.</param>
    public sealed record Attempt(DateTimeOffset At, string? ResultCode, string? Agent);

    /// <summary>Open tasks, counted.</summary>
    public sealed record Counters(int Pre, int Final, int Mine, int Overdue);

    /// <summary>What the page shows.</summary>
    public sealed record View(Ask Ask, List List, Counters Counters)
    {
        public string Title => Ask.Kind switch { "pre" => "待预回访", "final" => "待回访", _ => "回访" };
        public string Url => Address.With("/callbacks", ("kind", Ask.Kind), ("state", Ask.State), ("mine", Ask.Mine == true ? "true" : null));
        public IReadOnlyList<Tab> Tabs =>
        [
            new("待预回访", Address.With(Url, ("kind", "pre")), Ask.Kind == "pre", Counters.Pre),
            new("待回访", Address.With(Url, ("kind", "final")), Ask.Kind == "final", Counters.Final),
            new("全部", Address.With(Url, ("kind", null)), Ask.Kind is not ("pre" or "final")),
        ];
        public string? NextUrl => List.Page * List.PageSize < List.Total ? Turn(List.Page + 1) : null;
        public string? PrevUrl => List.Page > 1 ? Turn(List.Page - 1) : null;

        internal static IReadOnlyList<Choice> States { get; } = [new("open", "未完成"), new("done", "已回访"), new("givenUp", "未联系上"), new("withdrawn", "已撤回")];

        private string Turn(int page) => Address.With(Url, ("page", page.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, IOrderQueries orders, IUnitDirectory units, IPeople people, TimeProvider clock)
    {
        public async Task<Result<List>> HandleAsync(Ask ask, Actor actor, CancellationToken ct)
        {
            var (page, size) = (ask.Page ?? 1, ask.PageSize ?? UsualPage);
            var refusal = Words.Find<CallbackKind>(ask.Kind) is null && !string.IsNullOrEmpty(ask.Kind) ? CallbackErrors.UnknownKind()
                : Words.Find<CallbackTaskState>(ask.State ?? "open") is null && !string.IsNullOrEmpty(ask.State) ? CallbackErrors.UnknownState()
                : page < 1 || size is < 1 or > LargestPage ? CallbackErrors.BadPage()
                : null;
            if (refusal is not null)
            {
                return refusal;
            }

            var tasks = Filter(ask, actor);
            var total = await tasks.CountAsync(ct);
            var rows = await tasks.Skip((page - 1) * size).Take(size).Include(t => t.Attempts).AsNoTracking().ToListAsync(ct);
            return new List(total, await ShowAsync(rows, actor, ct), page, size);
        }

        public async Task<Counters> CountAsync(Actor actor, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var open = await InScope(actor).Where(t => t.State == CallbackTaskState.Open).GroupBy(t => t.Kind)
                .Select(g => new { g.Key, Count = g.Count(), Mine = g.Count(t => t.AgentId == actor.PersonId), Overdue = g.Count(t => t.DueAt < now) }).ToListAsync(ct);
            return new(
                open.Where(g => g.Key == CallbackKind.Pre).Sum(g => g.Count), open.Where(g => g.Key == CallbackKind.Final).Sum(g => g.Count),
                open.Sum(g => g.Mine), open.Sum(g => g.Overdue));
        }

        private IQueryable<CallbackTask> InScope(Actor actor) =>
            actor.Units is { } scope ? db.Set<CallbackTask>().Where(t => scope.Contains(t.UnitId)) : db.Set<CallbackTask>();

        private IQueryable<CallbackTask> Filter(Ask ask, Actor actor)
        {
            var state = Words.Find<CallbackTaskState>(ask.State) ?? CallbackTaskState.Open;
            var tasks = InScope(actor).Where(t => t.State == state);
            tasks = Words.Find<CallbackKind>(ask.Kind) is { } kind ? tasks.Where(t => t.Kind == kind) : tasks;
            tasks = ask.Mine == true ? tasks.Where(t => t.AgentId == actor.PersonId) : tasks;
            return state == CallbackTaskState.Open
                ? tasks.OrderBy(t => t.DueAt).ThenBy(t => t.Id)
                : tasks.OrderByDescending(t => t.EndedAt).ThenByDescending(t => t.Id);
        }

        private async Task<List<Item>> ShowAsync(List<CallbackTask> tasks, Actor actor, CancellationToken ct)
        {
            var found = (await orders.FindAsync([.. tasks.Select(t => t.OrderId).Distinct()], actor, ct)).ToDictionary(o => o.Id);
            var names = await people.NamesAsync([.. tasks.SelectMany(t => t.Attempts.Select(a => (Guid?)a.AgentId).Append(t.AgentId)).OfType<Guid>().Distinct()], ct);
            var tree = await units.GetAsync(ct);
            var now = clock.GetUtcNow();
            return tasks.ConvertAll(t => new Item
            {
                Id = t.Id,
                OrderId = t.OrderId.Value,
                CaseNo = found.GetValueOrDefault(t.OrderId)?.CaseNo ?? "",
                Title = found.GetValueOrDefault(t.OrderId)?.Title ?? "",
                Kind = Words.Of(t.Kind),
                State = Words.Of(t.State),
                Round = t.Round,
                Unit = tree.Find(t.UnitId)?.Code.Value ?? "",
                UnitName = tree.Find(t.UnitId)?.Name ?? "",
                CreatedAt = t.CreatedAt,
                DueAt = t.DueAt,
                IsOverdue = t.State == CallbackTaskState.Open && t.DueAt < now,
                EndedAt = t.EndedAt,
                Agent = Name(t.AgentId),
                Attempts = [.. t.Attempts.OrderBy(a => a.Seq).Select(a => new Attempt(a.At, a.ResultCode, Name(a.AgentId)))],
            });

            string? Name(Guid? id) => id is { } known ? names.GetValueOrDefault(known) : null;
        }
    }
}
