using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Catalog.Features.ClockPreview;

/// <summary>试算: when a limit would end, and why; stores nothing. The same clock as that of the orders.</summary>
public static partial class PreviewClock
{
    internal static void MapApi(IEndpointRouteBuilder api) => api.MapPost("/clock/preview", PostAsync).RequireAuthorization(Permissions.Read);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> PostAsync(Request request, Handler handler, CancellationToken ct)
    {
        var result = await handler.HandleAsync(request, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(result.Value);
    }

    public sealed record Request : IRequest, IValidatableObject
    {
        /// <summary>起算时间; without an offset it is Beijing time.</summary>
        [Required(ErrorMessage = "请填写起算时间。")]
        public string? Start { get; init; }

        /// <summary>办理时限.</summary>
        [Required(ErrorMessage = "请填写办理时限。")]
        public LimitRequest? Limit { get; init; }

        /// <summary>工作时段 by weekday; without it the standard hours.</summary>
        public WeekRequest? Week { get; init; }

        /// <summary>暂停、挂账、延期.</summary>
        [MaxLength(200, ErrorMessage = "时段最多 200 个。")]
        public IReadOnlyList<IntervalRequest?>? Intervals { get; init; }

        /// <summary>内部时限: so much before the end.</summary>
        public LimitRequest? StepBefore { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (!string.IsNullOrEmpty(Start) && Instant(Start) is null)
            {
                yield return new(InstantWrong, [nameof(Start)]);
            }

            if (Intervals?.Contains(null) == true)
            {
                yield return new("时段不能为空。", [nameof(Intervals)]);
            }
        }
    }

    public sealed record LimitRequest : IRequest, IValidatableObject
    {
        public int? Value { get; init; }
        public string? Unit { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Value is not (>= 1 and <= TimeLimit.Longest))
            {
                yield return new("时限须是 1 到 720 的整数。", [nameof(Value)]);
            }

            if (TimeLimit.Of(1, Unit) is null)
            {
                yield return new("时限单位须是 urgent_hour、work_hour、work_day、natural_day 之一。", [nameof(Unit)]);
            }
        }
    }

    /// <summary>Each day a list of spans, each span two times.</summary>
    public sealed record WeekRequest : IRequest, IValidatableObject
    {
        public IReadOnlyList<IReadOnlyList<string?>?>? Mon { get; init; }
        public IReadOnlyList<IReadOnlyList<string?>?>? Tue { get; init; }
        public IReadOnlyList<IReadOnlyList<string?>?>? Wed { get; init; }
        public IReadOnlyList<IReadOnlyList<string?>?>? Thu { get; init; }
        public IReadOnlyList<IReadOnlyList<string?>?>? Fri { get; init; }
        public IReadOnlyList<IReadOnlyList<string?>?>? Sat { get; init; }
        public IReadOnlyList<IReadOnlyList<string?>?>? Sun { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            var unreadable = WeekText.Days.Where(d => Of(d.Day).Any(s => Span(s) is null)).ToArray();
            foreach (var (_, wire, name) in unreadable)
            {
                yield return new($"{name}的工作时段须写作 [\"09:00\", \"18:00\"]，止点可为 24:00，起止不能相同。", [wire]);
            }

            if (unreadable.Length > 0)
            {
                yield break;
            }

            var week = Spans();
            if (week.Values.All(s => s.Count == 0))
            {
                yield return new("每周至少要有一个工作时段。", [nameof(Mon)]);
            }

            foreach (var (wire, problem) in WeekText.Problems(week))
            {
                yield return new(problem, [wire]);
            }
        }

        internal IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> Spans() =>
            WeekText.Days.ToDictionary(d => d.Day, IReadOnlyList<WorkingSpan> (d) => [.. Of(d.Day).Select(s => Span(s)!.Value)]);

        private static WorkingSpan? Span(IReadOnlyList<string?>? times) => times is [var from, var until] ? WeekText.Span(from, until) : null;

        private IReadOnlyList<IReadOnlyList<string?>?> Of(DayOfWeek day) => day switch
        {
            DayOfWeek.Monday => Mon,
            DayOfWeek.Tuesday => Tue,
            DayOfWeek.Wednesday => Wed,
            DayOfWeek.Thursday => Thu,
            DayOfWeek.Friday => Fri,
            DayOfWeek.Saturday => Sat,
            DayOfWeek.Sunday => Sun,
        } ?? [];
    }

    public sealed record IntervalRequest : IRequest, IValidatableObject
    {
        private static readonly Dictionary<string, IntervalKind> Kinds = new()
        {
            ["pause"] = IntervalKind.Pause,
            ["hold"] = IntervalKind.Hold,
            ["extension"] = IntervalKind.Extension,
        };

        public string? Kind { get; init; }
        public string? From { get; init; }
        public string? To { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (!Kinds.ContainsKey(Kind ?? ""))
            {
                yield return new("时段种类须是 pause、hold、extension 之一。", [nameof(Kind)]);
            }

            if (Instant(From) is null)
            {
                yield return new(InstantWrong, [nameof(From)]);
            }

            if (Instant(To) is null)
            {
                yield return new(InstantWrong, [nameof(To)]);
            }
            else if (Instant(To) <= Instant(From))
            {
                yield return new("时段的结束须晚于开始。", [nameof(To)]);
            }
        }

        internal ClockInterval ToInterval() => new(Kinds[Kind!], Instant(From)!.Value, Instant(To)!.Value);
    }

    /// <param name="Due">到期时间, Beijing offset.</param>
    /// <param name="StepAt">内部时限; null when none was asked for.</param>
    /// <param name="Explanation">推算步骤.</param>
    public sealed record Response(DateTimeOffset Due, DateTimeOffset? StepAt, IReadOnlyList<string> Explanation);

    internal sealed class Handler(IWorkingCalendars calendars)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken ct)
        {
            if (Shape.Refuses(request) is { } refusal)
            {
                return refusal;
            }

            var standard = await calendars.GetAsync(ct);
            var calendar = request.Week is { } week ? standard.With(week.Spans()) : standard;
            var start = Instant(request.Start)!.Value;
            var due = calendar.Add(start, LimitOf(request.Limit!), [.. (request.Intervals ?? []).Select(i => i!.ToInterval())]);
            var step = request.StepBefore is { } before ? calendar.Subtract(due.At, LimitOf(before)) : null;
            IEnumerable<string> early = step?.At < start ? ["注意：内部时限早于起算时间，请缩短提前量。"] : [];
            return new Response(due.At.ToBeijing(), step?.At.ToBeijing(), [.. due.Explanation.Concat(step?.Explanation ?? []).Concat(early).Distinct()]);
        }

        private static TimeLimit LimitOf(LimitRequest limit) => TimeLimit.Of(limit.Value, limit.Unit)!.Value;
    }

    private const string InstantWrong = "时间须写作 2026-03-02T09:00:00+08:00，在 1970 年至 2099 年之间。";

    /// <summary>Null when it is no instant between 1970 and 2099. Never read in the zone of the machine.</summary>
    internal static DateTimeOffset? Instant(string? text)
    {
        if (Iso().Match(text ?? "") is not { Success: true } match
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            || instant.Year is < 1970 or > 2099)
        {
            return null;
        }

        return match.Groups["offset"].Success ? instant : instant - BeijingTime.Zone.GetUtcOffset(instant.DateTime);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,7})?)?(?<offset>Z|[+-]\d\d:\d\d)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
