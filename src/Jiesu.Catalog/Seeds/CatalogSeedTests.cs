using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Domain.Forms;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Catalog.Seeds;

public sealed class CatalogSeedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_fresh_installation_knows_the_district_and_a_second_start_adds_nothing(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await SeedAsync(app);
        await SeedAsync(app);

        var day = await DayAsync(app);
        var units = await UnitsAsync(app);

        Assert.Equal((26, 440), (day.Places.Count(p => p.ParentCode is null), day.Places.Count(p => p.ParentCode is not null)));
        Assert.Equal((25, 127, 374), (Level(day, 1), Level(day, 2), Level(day, 3)));
        Assert.Equal(["CBF", "EXC", "EXT", "HLD", "NAC", "PAU", "RTN", "RWK", "UNS"], day.Reasons.Select(r => r.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(63, day.Reasons.Count);
        Assert.Equal(("丰台区城市管理指挥中心", 12), (units.Centre.Name, units.ChildrenOf(units.Centre.Id).Count()));
        Assert.Equal((26, 440, 38, 12), (Kind(units, UnitKind.Street), Kind(units, UnitKind.Community), Kind(units, UnitKind.Department), Kind(units, UnitKind.Company)));
        Assert.All(day.Places, p => Assert.Equal(p.Name, units.Find(p.Code)!.Name));
        Assert.Equal(1, await app.InDbAsync(db => db.Set<CatalogChange>().CountAsync(Ct)));
        Assert.Equal(["intake", "reply"], day.Forms.Select(f => f.Code).Order(StringComparer.Ordinal));
        Assert.All(day.Forms, f => Assert.Empty(FormProblems.Of(f.Code, [.. f.Questions.Select(TypedQuestion.Of)], day)));
        Assert.All(PhraseUses.All, u => Assert.True(day.Phrases(u, null, null).Count >= 4, u));
    }

    [Fact]
    public void Every_rule_of_the_directory_points_to_what_is_there()
    {
        var classes = SeedRows.Classes().Select(c => c.Code).ToHashSet();
        var units = SeedRows.Units().Select(u => u.Code.Value).Append(DispatchDirectory.TheStreet).Append("").ToHashSet();
        var names = SeedRows.Dictionaries().Where(d => d.Dictionary == DictionaryNames.SevenFive).Select(d => d.Name).Append("").ToHashSet();

        Assert.All(SeedRows.Directory(), r => Assert.True(classes.Contains(r.ClassCode) && units.Contains(r.LeadUnit) && CatalogWords.Split(r.CoUnits).All(units.Contains), r.Code));
        Assert.All(SeedRows.TimeLimits().SelectMany(t => CatalogWords.Split(t.Classes)), c => Assert.Contains(c, classes));
        Assert.All(SeedRows.Classes(), c => Assert.True(ClassCode.IsCode(c.Code) && (ClassCode.ParentOf(c.Code) is not { } parent || classes.Contains(parent)), c.Code));
        Assert.All(SeedRows.Classes(), c => Assert.True(units.Contains(c.Department) && names.Contains(c.SevenFive), c.Code));
        Assert.All(SeedRows.Classes().Where(c => ClassCode.LevelOf(c.Code) == 3), c => Assert.True(CatalogWords.Split(c.Keywords).Length >= 2 || c.Name == "无法归类", c.Code));
        var children = SeedRows.Classes().Select(c => ClassCode.ParentOf(c.Code)).ToHashSet();
        Assert.All(SeedRows.Classes().Where(c => ClassCode.LevelOf(c.Code) < 3), c => Assert.Contains(c.Code, children));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_the_installation_changed_survives_the_next_start(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await SeedAsync(app);
        await app.InDbAsync(async db =>
        {
            var row = await db.Set<ReasonRow>().SingleAsync(r => r.Code == "RTN-99", Ct);
            row.Close(app.Clock.Today());
            db.Add(new CatalogChange { Subject = "reason/RTN-99", At = app.Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });

        await SeedAsync(app);

        Assert.Null((await DayAsync(app)).FindReason("RTN-99"));
    }

    private static int Level(CatalogueDay day, int level) => day.Classes.Count(c => c.Level == level);

    private static int Kind(UnitTree units, UnitKind kind) => units.All.Count(u => u.Kind == kind);

    private static async Task<CatalogueDay> DayAsync(TestApp app) => await app.Services.GetRequiredService<ICatalogue>().GetAsync(Ct);

    private static async Task<UnitTree> UnitsAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(Ct);
    }

    private static async Task SeedAsync(TestApp app) => await app.GivenCatalogueAsync();
}
