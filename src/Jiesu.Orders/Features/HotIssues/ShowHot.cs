using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.HotIssues;

/// <summary>热点问题: issues of a period, the hottest first, with the formula and its numbers; and the words of the period.</summary>
public static class ShowHot
{
    internal const string Url = "/intelligence/hot";

    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet(Url, GetAsync).RequireAuthorization(Permissions.ViewHot).Produces<Response>().ProducesProblem(StatusCodes.Status400BadRequest);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.ViewHot);

    private static async Task<IResult> GetAsync(
        string? period, string? to, string? town, [FromQuery(Name = "class")] string? issueClass, Actor actor, HotReader reader, ICatalogue catalogue, TimeProvider clock, CancellationToken ct)
    {
        var asked = Read(new(period, to, town, issueClass), await catalogue.GetAsync(ct), clock);
        return asked.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(await reader.ReadAsync(asked.Value, actor, ct));
    }

    /// <summary>A question that cannot be answered is shown with its refusal, over the usual week.</summary>
    private static async Task<IResult> ShowAsync(
        string? period, string? to, string? town, [FromQuery(Name = "class")] string? issueClass, HttpContext http, Actor actor, HotReader reader, ICatalogue catalogue, IOptions<OrdersSettings> settings,
        TimeProvider clock, CancellationToken ct)
    {
        var (typed, day) = (new Typed(period, to, town, issueClass), await catalogue.GetAsync(ct));
        var asked = Read(typed, day, clock);
        var found = await reader.ReadAsync(asked.Error is null ? asked.Value : Read(new(null, null, null, null), day, clock).Value, actor, ct);
        var view = new View
        {
            Found = found,
            Typed = typed,
            Formula = Formula(settings.Value),
            Towns = [.. day.Places.Where(p => p.ParentCode is null).Select(p => new Choice(p.Code, p.Name))],
            Classes = [.. day.Classes.Select(c => new Choice(c.Code, c.Path))],
            MayRead = actor.Can(Permissions.Read),
        };
        return Page.Show<HotPage, HotPart>(http, view, asked.Error);
    }

    private static Result<HotQuestion> Read(Typed typed, CatalogueDay day, TimeProvider clock)
    {
        var kind = Word(typed.Period) ?? HotPeriod.Usual;
        if (!HotPeriod.Names.ContainsKey(kind))
        {
            return Refused("period", $"周期只能是{string.Join("、", HotPeriod.Names.Select(n => $"{n.Key}（{n.Value}）"))}，请改选。");
        }

        var last = clock.Today();
        if (Word(typed.To) is { } written && (!DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out last) || last < HotPeriod.Earliest || last > clock.Today()))
        {
            return Refused("to", $"截止日期请写成 {Show.Date(clock.Today())} 的样子，不早于 2000 年，不晚于今天。");
        }

        Place? town = null;
        if (Word(typed.Town) is { } place && ((town = day.FindPlace(place)) is null || town.ParentCode is not null))
        {
            return Refused("town", "没有这个街道或镇，请填写区划代码或全称。");
        }

        ClassNode? node = null;
        return Word(typed.Class) is { } branch && (node = day.FindClass(branch)) is null
            ? Refused("class", "没有这个问题分类，请填写代码、名称或完整路径。")
            : new HotQuestion(new(kind, last), town, node);
    }

    private static Error Refused(string field, string message) => new(ErrorKind.Invalid, "hot.unreadable", message, field);

    private static string? Word(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    /// <summary>The formula in words, with the weights of this installation.</summary>
    private static IReadOnlyList<string> Formula(OrdersSettings s) =>
    [
        "热度 = 件数 × 增长 × 扩散 × 不满。",
        string.Create(CultureInfo.InvariantCulture, $"增长 = 1 + {s.HotGrowthWeight:0.##} ×（（件数 + {Heat.Calm}）÷（基线 + {Heat.Calm}）− 1）；基线取上期件数与前八期均值中较大的，两者之比限 {Heat.LeastRatio:0.#} 至 {Heat.MostRatio:0.#}；加 {Heat.Calm} 是为了不夸大小数字。"),
        string.Create(CultureInfo.InvariantCulture, $"扩散 = 1 + {s.HotSpreadWeight:0.##} ×（不同诉求人 ÷ 件数 + 社区数 ÷ {Heat.ManyCommunities}）÷ 2；社区最多按 {Heat.ManyCommunities} 个计；号码相同的算一位诉求人，没有号码的每件算一位。"),
        string.Create(CultureInfo.InvariantCulture, $"不满 = 1 + {s.HotDiscontentWeight:0.##} ×（催办、重办、回访未解决或不满意的件数 + 重复来电）÷ 件数，最多按 1 计；重复来电 = 件数 − 不同诉求人。"),
        string.Create(CultureInfo.InvariantCulture, $"预警：满 {s.HotAlertLeast} 件且超过前八期均值 + {s.HotAlertSigmas:0.##} × 标准差；或满 {s.HotAlertOrders} 件且比上期增长超过 {s.HotAlertGrowth * 100:0.#}%。全区和每个街道（镇）分别判断。"),
        "前八期是本期之前紧接着的八个等长周期，上期是其中最近的一个。名次变化与上期按同一公式算出的名次相比。",
    ];

    /// <summary>What was asked, letter by letter.</summary>
    public sealed record Typed(string? Period, string? To, string? Town, string? Class);

    /// <summary>热点问题 of a period, as far as the reader may see the orders.</summary>
    public sealed record Response
    {
        /// <summary>day, week, month, quarter or year.</summary>
        public required string Period { get; init; }
        public required DateOnly From { get; init; }

        /// <summary>The last day, which belongs to the period.</summary>
        public required DateOnly To { get; init; }
        public required DateOnly PreviousFrom { get; init; }
        public required DateOnly PreviousTo { get; init; }

        /// <summary>The last day is not over.</summary>
        public required bool IsUnfinished { get; init; }
        public required string? Town { get; init; }
        public required string? Class { get; init; }

        /// <summary>All orders of the period.</summary>
        public required int Total { get; init; }
        public required int PreviousTotal { get; init; }

        /// <summary>Orders without a class of the third level that holds today; they are in no issue.</summary>
        public required int Unranked { get; init; }
        public required IReadOnlyList<Issue> Issues { get; init; }

        /// <summary>Issues beyond those listed.</summary>
        public required int MoreIssues { get; init; }
        public required IReadOnlyList<Term> Terms { get; init; }

        /// <summary>So many orders, the newest of the period, were read for the words.</summary>
        public required int TermsOf { get; init; }
        public required int PreviousTermsOf { get; init; }
    }

    /// <summary>热点问题: a class of the third level.</summary>
    public sealed record Issue
    {
        public required int Rank { get; init; }

        /// <summary>By the same formula in the period before; null where it had no order then.</summary>
        public required int? PreviousRank { get; init; }

        /// <summary>分类代码.</summary>
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Path { get; init; }
        public required int Orders { get; init; }
        public required int Previous { get; init; }

        /// <summary>增减 against the period before, as a share; null where that had none.</summary>
        public required double? Change { get; init; }

        /// <summary>Orders of the eight periods before, the nearest first.</summary>
        public required IReadOnlyList<int> History { get; init; }
        public required double Mean { get; init; }
        public required double Deviation { get; init; }
        public required int Callers { get; init; }
        public required int Communities { get; init; }
        public required int Discontent { get; init; }
        public required double Heat { get; init; }

        /// <summary>怎么算的, line by line.</summary>
        public required IReadOnlyList<string> How { get; init; }

        /// <summary>预警 with its reason; null where there is none.</summary>
        public required string? Alert { get; init; }

        /// <summary>预警 of single towns.</summary>
        public required IReadOnlyList<string> TownAlerts { get; init; }
        public required IReadOnlyList<Part> Towns { get; init; }
        public required IReadOnlyList<Part> CommunityPlaces { get; init; }

        /// <summary>共同词语.</summary>
        public required IReadOnlyList<string> Words { get; init; }

        /// <summary>The work list with exactly these orders.</summary>
        public required string ListUrl { get; init; }
    }

    public sealed record Part(string Code, string Name, int Orders, string? ListUrl);

    /// <summary>周期词语: orders that have the word, in this period and in the one before.</summary>
    public sealed record Term(string Word, int Orders, int Previous);

    /// <summary>What the page shows.</summary>
    public sealed record View
    {
        public required Response Found { get; init; }
        public required Typed Typed { get; init; }
        public required IReadOnlyList<string> Formula { get; init; }
        public required IReadOnlyList<Choice> Towns { get; init; }
        public required IReadOnlyList<Choice> Classes { get; init; }

        /// <summary>May open the lists behind the numbers.</summary>
        public required bool MayRead { get; init; }
        internal IReadOnlyList<(string Key, string Name)> Periods { get; } = [.. HotPeriod.Names.Select(n => (n.Key, n.Value))];
    }
}
