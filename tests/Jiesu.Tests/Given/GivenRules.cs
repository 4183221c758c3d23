using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders;
using Jiesu.Orders.Features.Actions;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Given;

/// <summary>Rules of the day that tests of orders stand on: a few units, one class, the limits of the domain guide, the calendar of spring 2026.</summary>
internal static class GivenRules
{
    private static readonly WorkingSpan[] NineToSix = [new(TimeSpan.FromHours(9), TimeSpan.FromHours(18))];

    public static Guid Heping { get; } = Guid.Parse("0197c9d4-0000-7000-8000-000000000011");
    public static Guid HepingFirst { get; } = Guid.Parse("0197c9d4-0000-7000-8000-000000000012");
    public static Guid HepingSecond { get; } = Guid.Parse("0197c9d4-0000-7000-8000-000000000013");
    public static Guid Parks { get; } = Guid.Parse("0197c9d4-0000-7000-8000-000000000021");
    public static Guid Water { get; } = Guid.Parse("0197c9d4-0000-7000-8000-000000000022");

    public static UnitTree Units { get; } = new(
    [
        new(OrderBuilder.Centre, UnitCode.From("CENTRE"), "区中心", UnitKind.Centre, null),
        new(Heping, UnitCode.From("HEPING"), "和平街道", UnitKind.Street, null),
        new(HepingFirst, UnitCode.From("HEPING-1"), "和平一社区", UnitKind.Community, Heping),
        new(HepingSecond, UnitCode.From("HEPING-2"), "和平二社区", UnitKind.Community, Heping),
        new(Parks, UnitCode.From("PARKS"), "园林绿化局", UnitKind.Department, null),
        new(Water, UnitCode.From("WATER"), "自来水公司", UnitKind.Company, null),
    ]);

    public static WorkingCalendar Calendar { get; } = new(
        new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }
            .ToDictionary(d => d, _ => (IReadOnlyList<WorkingSpan>)NineToSix),
        Enumerable.Range(1, 5).Select(d => new DateOnly(2026, 5, d)).ToHashSet(),
        new HashSet<DateOnly> { new(2026, 5, 9) });

    public static OrderPolicy Policy { get; } = new(new Day2026(), Calendar, Units, new OrdersSettings());

    /// <summary>Puts these rules in the place of the installation's own.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.AddSingleton<ICatalogue>(new Shelf()).AddSingleton<IWorkingCalendars>(new Shelf()).AddSingleton<IUnitDirectory>(new Shelf());

    private sealed class Shelf : ICatalogue, IWorkingCalendars, IUnitDirectory
    {
        ValueTask<CatalogueDay> ICatalogue.GetAsync(CancellationToken ct) => new(Policy.Catalogue);

        ValueTask<WorkingCalendar> IWorkingCalendars.GetAsync(CancellationToken ct) => new(Calendar);

        ValueTask<UnitTree> IUnitDirectory.GetAsync(CancellationToken ct) => new(Units);

        Task IUnitDirectory.EnsureAsync(IReadOnlyList<UnitSeed> units, CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class Day2026 : CatalogueDay
    {
        private static readonly ClassNode Drain = new("010203", "下水道堵塞", 3, "010200", "城市管理->排水->下水道堵塞", "", []);

        public override DateOnly Day => new(2026, 3, 2);
        public override IReadOnlyList<ClassNode> Classes => [Drain];
        public override IReadOnlyList<Place> Places => [];

        public override IReadOnlyList<ReasonCode> Reasons { get; } =
        [
            new("RTN-01", "RTN", "非本辖区"), new("NAC-05", "NAC", "非本市管辖"), new("CBF-01", "CBF", "无人接"), new("UNS-02", "UNS", "客观条件"),
            new("EXC-02", "EXC", "不合理诉求"), new("RWK-02", "RWK", "未解决"), new("EXT-03", "EXT", "需工程施工/采购"), new("PAU-01", "PAU", "待诉求人补充"), new("HLD-02", "HLD", "需规划/拆迁/改造实施"),
        ];

        public override ClassNode? FindClass(string? codeOrName) => codeOrName == Drain.Code || codeOrName == Drain.Name ? Drain : null;

        public override Place? FindPlace(string? codeOrName, string? town = null) => null;

        public override ReasonCode? FindReason(string? code) => Reasons.SingleOrDefault(r => r.Code == code);

        public override IReadOnlyList<CodeItem> Dictionary(string name) => name == DictionaryNames.Urgencies ? [new("D7", "普通"), new("U2H", "2小时")] : [];

        public override IReadOnlyList<DirectoryAdvice> Units(string? classCode, string? townCode, string text) => [];

        public override TimeLimitPolicy Policy(string? classCode, string? urgency, string? requestType) => new(
            "D7", "普通", TimeLimit.OfPolicy(30, "minute")!.Value, urgency == "2小时" ? TimeLimit.Of(2, "urgent_hour")!.Value : TimeLimit.Of(7, "natural_day")!.Value,
            TimeLimit.Of(2, "urgent_hour")!.Value, 50, 24, true, true, 1, 3, 24, 25);
    }
}
