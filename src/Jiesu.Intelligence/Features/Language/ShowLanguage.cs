using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Intelligence.Features.Language;

/// <summary>大模型: whether it works, how fast, how often in vain and for how much, by task and Beijing day.</summary>
public static class ShowLanguage
{
    internal const string Url = "/intelligence/language";

    /// <summary>Days that are shown, today among them.</summary>
    internal const int Days = 14;

    internal static void MapApi(IEndpointRouteBuilder api) => api.MapGet(Url, GetAsync).RequireAuthorization(Permissions.View);

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.View);
        pages.MapPost(Url, TestAsync).RequireAuthorization(Permissions.View);
    }

    private static async Task<Ok<Response>> GetAsync(Handler handler, CancellationToken ct) => TypedResults.Ok(await handler.ReadAsync(ct));

    private static async Task<IResult> ShowAsync(HttpContext http, Handler handler, CancellationToken ct) => Page.Show<LanguagePage, LanguagePart>(http, new View(await handler.ReadAsync(ct), null));

    /// <param name="form">Holds the antiforgery token, which is checked because the form is asked for.</param>
    private static async Task<IResult> TestAsync(IFormCollection form, HttpContext http, Handler handler, Actor actor, CancellationToken ct)
    {
        var said = await handler.TestAsync(actor, ct);
        return Page.Show<LanguagePage, LanguagePart>(http, new View(await handler.ReadAsync(ct), said));
    }

    /// <summary>大模型运行情况.</summary>
    /// <param name="Model">模型名称; null while off.</param>
    /// <param name="Host">服务地址, host and port alone.</param>
    /// <param name="RestsUntil">熔断到; null while it works. Of this node.</param>
    public sealed record Response(bool Enabled, string? Model, string? Host, IReadOnlyList<LanguageTask> Tasks, DateTimeOffset? RestsUntil, IReadOnlyList<Item> Items);

    /// <summary>一项任务的一天.</summary>
    /// <param name="Failures">失败 by kind; what was not asked because the model rested is <see cref="LanguageOutcome.Resting"/>.</param>
    /// <param name="Fallbacks">退回本地建议: everything but an answer.</param>
    /// <param name="P50Ms">Of what was really asked; null when nothing was.</param>
    /// <param name="Cost">费用, yuan.</param>
    public sealed record Item(
        DateOnly Day, LanguageTask Task, int Calls, int Answered, int Fallbacks, IReadOnlyDictionary<LanguageOutcome, int> Failures, int? P50Ms, int? P95Ms, long InputTokens, long OutputTokens, decimal Cost);

    /// <summary>What the page shows.</summary>
    /// <param name="Test">What came back of the test question; null before it was asked.</param>
    public sealed record View(Response Now, Trial? Test);

    /// <summary>测试结果.</summary>
    public sealed record Trial(string Kind, string Words);

    /// <summary>任务名称.</summary>
    public static string Name(LanguageTask task) => task switch
    {
        LanguageTask.Extract => "要素抽取",
        LanguageTask.Rank => "分类重排",
        LanguageTask.Reply => "答复草稿",
        LanguageTask.Summary => "摘要",
    };

    /// <summary>结果名称.</summary>
    public static string Name(LanguageOutcome outcome) => outcome switch
    {
        LanguageOutcome.Answered => "成功",
        LanguageOutcome.Off => "未启用",
        LanguageOutcome.Withheld => "保密",
        LanguageOutcome.Resting => "熔断",
        LanguageOutcome.TimedOut => "超时",
        LanguageOutcome.Unreachable => "连接不上",
        LanguageOutcome.Refused => "服务拒绝",
        LanguageOutcome.TooLarge => "应答过大",
        LanguageOutcome.Malformed => "格式不符",
        LanguageOutcome.NotOffered => "选项之外",
    };

    internal sealed class Handler(JiesuDb db, LanguageModel model, Breaker breaker, IOptions<LanguageSettings> options, IAuditLog audit, TimeProvider clock)
    {
        public async Task<Response> ReadAsync(CancellationToken ct)
        {
            var settings = options.Value;
            var since = clock.Today().AddDays(1 - Days).StartOfDay();
            var calls = await db.Set<LanguageCall>().AsNoTracking().Where(c => c.At >= since)
                .Select(c => new Call(c.Task, c.Outcome, c.Milliseconds, c.InputTokens, c.OutputTokens, c.Cost, c.At)).ToListAsync(ct);
            var items = calls.GroupBy(c => (Day: DateOnly.FromDateTime(c.At.ToBeijing().DateTime), c.Task)).OrderByDescending(g => g.Key.Day).ThenBy(g => g.Key.Task).Select(g => ItemOf(g.Key.Day, g.Key.Task, [.. g]));
            return new(
                settings.Enabled, settings.Enabled ? settings.Model : null, settings.Enabled ? new Uri(settings.Endpoint!).Authority : null, [.. Enum.GetValues<LanguageTask>().Where(settings.Does)], breaker.RestsUntil, [.. items]);
        }

        public async Task<Trial> TestAsync(Actor actor, CancellationToken ct)
        {
            var answer = await model.TestAsync(ct);
            audit.Record(actor, "intelligence.test-language", "language-model", answer.Outcome.ToString());
            await db.SaveChangesAsync(ct);
            return answer switch
            {
                { Value: { } said } => new("ok", $"大模型回答：{said}"),
                { Outcome: LanguageOutcome.Off } => new("soon", "大模型未启用。请由管理员在参数 Jiesu:LanguageModel 中配置后重启。"),
                _ => new("late", $"测试失败（{Name(answer.Outcome)}）。请检查服务地址、模型名称和密钥文件，以及大模型服务本身。"),
            };
        }

        private static Item ItemOf(DateOnly day, LanguageTask task, IReadOnlyList<Call> calls)
        {
            var failures = calls.Where(c => c.Outcome != LanguageOutcome.Answered).CountBy(c => c.Outcome).OrderByDescending(x => x.Value).ToDictionary();
            int[] times = [.. calls.Where(c => c.Outcome != LanguageOutcome.Resting).Select(c => c.Milliseconds).Order()];
            return new(
                day, task, calls.Count, calls.Count - failures.Values.Sum(), failures.Values.Sum(), failures, At(times, 0.5), At(times, 0.95),
                calls.Sum(c => (long)c.InputTokens), calls.Sum(c => (long)c.OutputTokens), calls.Sum(c => c.Cost) / 1_000_000m);
        }

        /// <summary>The smallest that so large a share does not exceed.</summary>
        private static int? At(int[] sorted, double share) => sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

        private sealed record Call(LanguageTask Task, LanguageOutcome Outcome, int Milliseconds, int InputTokens, int OutputTokens, long Cost, DateTimeOffset At);
    }
}
