using Jiesu.Intelligence.Domain;
using Jiesu.Tests.Given;

namespace Jiesu.Intelligence.Features.Classify;

public sealed class CatalogueWordsTests
{
    private static readonly SmallCatalogue Day = new();
    private static readonly ClassModel Model = ClassTraining.Run(new(), CatalogueWords.Of(Day.Classes), default, cores: 1, CancellationToken.None);

    [Theory]
    [InlineData("家里供暖不热，孩子都冻感冒了，希望尽快解决", "集中供暖")]
    [InlineData("12号楼电梯已经坏了一个星期，老人上下楼不方便", "电梯故障")]
    [InlineData("工地每天半夜施工，噪音太大无法休息", "夜间施工")]
    [InlineData("路边垃圾桶满了没人清理，臭味很大", "垃圾清运")]
    [InlineData("小区门口的路灯好几天不亮了", "路灯")]
    [InlineData("包工头拖欠我们三个月工资", "薪酬纠纷")]
    [InlineData("一楼邻居在绿地上私搭违建", "违法建设")]
    public void Without_a_single_order_the_catalogue_itself_advises(string text, string expected)
    {
        var best = Model.Scores(Grams.Of(PlainText.Of(text))).Index().MaxBy(s => s.Item);

        Assert.Equal(expected, Day.FindClass(Model.Codes[best.Index])!.Name);
        Assert.InRange(best.Item, 0.1, 0.9);
    }

    [Fact]
    public void It_says_that_it_learned_from_no_order() => Assert.Equal((0, 12, true), (Model.Card.Samples, Model.Card.Classes, Model.Card.Version.StartsWith("catalogue-", StringComparison.Ordinal)));
}
