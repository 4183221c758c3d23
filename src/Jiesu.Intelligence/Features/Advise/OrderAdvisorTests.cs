using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Features.Address;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Learn;
using Jiesu.Intelligence.Features.Locate;
using Jiesu.Tests.Given;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jiesu.Intelligence.Features.Advise;

public sealed class OrderAdvisorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jiesu-advice-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_request_gets_class_unit_place_words_and_flags_each_with_its_reason()
    {
        var advice = Advise(new("家住翠林一里社区3号楼，供暖不热，室温不达标，希望尽快处理。", Title: "翠林一里社区供暖不热"));

        Assert.Equal("020100", advice.Classes[0].Code);
        Assert.Contains("供暖", advice.Classes[0].Evidence, StringComparison.Ordinal);
        Assert.Equal(("HEAT", "lead"), (advice.Units[0].Unit, advice.Units[0].Role));
        Assert.Contains("规则 H1", advice.Units[0].Evidence, StringComparison.Ordinal);
        Assert.Contains(advice.Units, u => u is { Unit: SmallCatalogue.Youanmen, Role: "co" });
        Assert.Equal("110106001001", advice.Addresses[0].Community);
        Assert.Contains("供暖", advice.Keywords);
        Assert.Equal(["供暖"], advice.Flags.Select(f => f.Flag));
        Assert.StartsWith("catalogue-", advice.ModelVersion, StringComparison.Ordinal);
    }

    [Fact]
    public void The_town_of_the_place_complained_about_leads_a_territorial_matter()
    {
        var advice = Advise(new("方庄街道芳古园一区第一社区垃圾桶满溢"));

        Assert.Equal((SmallCatalogue.Fangzhuang, "lead"), (advice.Units[0].Unit, advice.Units[0].Role));
    }

    [Fact]
    public void A_doubtful_place_gives_both_towns_a_part()
    {
        var advice = Advise(new("永乐社区路灯不亮"));

        Assert.Equal([SmallCatalogue.Youanmen, SmallCatalogue.Fangzhuang], advice.Units.Where(u => u.Role == "lead").Select(u => u.Unit).Take(2));
        Assert.Equal(advice.Units[0].Score, advice.Units[1].Score, 3);
    }

    /// <summary>Not in attributes: they cannot carry half a character.</summary>
    public static TheoryData<string> OddTexts => ["", "\0\u0001", "😀😀", "\ud83d\udc00\ud83d", "0", "<script>alert(1)</script> ' & / \\ %"];

    [Theory, MemberData(nameof(OddTexts))]
    public void Odd_texts_are_answered_too(string text)
    {
        var advice = Advise(new(text, Title: text, Address: text, Town: text, Lon: double.NaN, Channel: text));

        Assert.All(advice.Classes, c => Assert.InRange(c.Score, 0, 1));
        Assert.Empty(advice.Addresses);
    }

    [Fact]
    public void Two_million_characters_are_read_up_to_the_stated_length() =>
        Assert.Equal("030100", (Advise(new(string.Concat(Enumerable.Repeat("电梯停运", 500_000))))).Classes[0].Code);

    [Fact]
    public void A_unit_whose_own_conduct_is_complained_of_is_named_last_and_marked()
    {
        var plain = Advise(new("右安门街道翠林一里家中暖气不热"));
        var accused = Advise(new("右安门街道翠林一里家中暖气不热，供热公司工作人员推诿不管"));

        Assert.False(plain.Units.Single(u => u.Unit == "HEAT").IsAccused);
        var heat = accused.Units.Single(u => u.Unit == "HEAT");
        Assert.True(heat.IsAccused);
        Assert.StartsWith("反映的是该单位自身", heat.Evidence, StringComparison.Ordinal);
        Assert.Equal(heat, accused.Units[^1]);
    }

    [Fact]
    public void A_new_model_takes_over_and_a_restart_finds_it()
    {
        var models = Models();
        var set = new TrainingSet();
        Enumerable.Range(0, 600).ToList().ForEach(i => set.Add(i % 2 == 0 ? "游泳卡不能退费" : "单元门禁坏了", i % 2 == 0 ? "030200" : "030100"));

        models.Add(ClassTraining.Run(set, CatalogueWords.Of(new SmallCatalogue().Classes), DateTimeOffset.UnixEpoch, cores: 1, Ct));

        foreach (var same in new[] { models, Models() })
        {
            var advice = Advise(same, new("游泳卡退费"));
            Assert.StartsWith("19700101-", advice.ModelVersion, StringComparison.Ordinal);
            Assert.Equal("030200", advice.Classes[0].Code);
        }
    }

    private Advice Advise(AdviceQuestion question) => Advise(Models(), question);

    private Advice Advise(Models models, AdviceQuestion question)
    {
        var parsers = new AddressParsers(new ConfigurationBuilder().AddInMemoryCollection([new("Jiesu:DataFolder", _folder)]).Build(), NullLogger<AddressParsers>.Instance);
        var tools = new DayTools(models, new AreaFile(new ConfigurationBuilder().Build()), parsers).For(new SmallCatalogue(), [], []);
        return OrderAdvisor.Understood.Of(question, tools, Corrections.Memory.None).Advise(tools, Tree, UnitRecord.Empty);
    }

    private Models Models() =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Jiesu:DataFolder", _folder)]).Build(), TimeProvider.System, NullLogger<Models>.Instance);

    private static readonly UnitTree Tree = new([.. new SmallCatalogue().Places.Select(p => (p.Code, p.Name)).Append(("HEAT", "供热公司")).Append(("RSJ", "人社局"))
        .Select(u => new UnitView(Guid.CreateVersion7(), UnitCode.From(u.Item1), u.Item2, UnitKind.Department, null))]);
}
