namespace Jiesu.Intelligence.Features.Address;

public sealed class AddressMatcherTests
{
    private static readonly ElementModel Parser =
        ElementTraining.Run(new AddressGenerator([], seed: 1).Make(400), new(Rounds: 3, Rate: 0.1, Dropout: 0.5, Members: 1), CancellationToken.None);

    [Fact]
    public void The_same_house_is_told_from_its_neighbour_and_from_another_compound()
    {
        var matcher = AddressMatcher.Train(Questions(1, 160), Parser, new(Rounds: 25, Depth: 3, Rate: 0.3, LeastRows: 5), folds: 2, TestContext.Current.CancellationToken);

        var asked = Questions(2, 60);
        var answers = asked.SelectMany(q => matcher.Compare(q.Question, [.. q.Candidates.Select(c => c.Text)]).Zip(q.Candidates, (g, c) => ((int)g, (int)c.Match)));
        Assert.InRange(AddressMatcher.MacroF1(answers), 0.9, 1);
        Assert.All(matcher.Chances(asked[0].Question, [asked[0].Question, ""]), c => Assert.Equal(1, c.Sum(), 6));
    }

    [Theory]
    [InlineData("三号楼二单元", "3号楼2单元")]
    [InlineData("十二栋", "12号楼")]
    [InlineData("一百零五号", "105号")]
    [InlineData("三路居", "三路居")]
    public void Numbers_that_count_are_spelt_alike(string written, string even) => Assert.Equal(even, AddressWords.Even(written));

    [Theory]
    [InlineData("翠林小区", "翠林花园", 2, 2, 2)]
    [InlineData("abc", "", 3, 0, 0)]
    [InlineData("东西南北", "西东北", 2, 2, 1)]
    public void Two_texts_are_measured(string a, string b, int distance, int sequence, int run)
    {
        Assert.Equal(distance, Texts.Distance(a, b));
        Assert.Equal(sequence, Texts.LongestSequence(a, b));
        Assert.Equal(run, Texts.LongestRun(a, b).Length);
    }

    [Theory]
    [InlineData("玉林", "雨林", true)]
    [InlineData("新华", "兴华", true)]
    [InlineData("方庄", "云岗", false)]
    public void What_sounds_alike_is_one(string a, string b, bool isAlike) => Assert.Equal(isAlike, Sounds.Of(a) == Sounds.Of(b));

    /// <summary>A house, the same with its street, the compound alone, and another compound.</summary>
    private static LabelledMatch[] Questions(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (compound, other, house) = (Name(random), Name(random) + "河", random.Next(1, 30));
            return new LabelledMatch($"{compound}小区{house}号楼",
            [
                ($"方庄街道{compound}小区{house}栋", AddressMatch.Same), ($"{compound}小区", AddressMatch.Partly), ($"{other}公寓{house}号楼", AddressMatch.Different),
            ]);
        })];
    }

    private static string Name(Random random) => string.Concat(Enumerable.Range(0, 3).Select(_ => "芳翠和新金玉春安嘉明秀永"[random.Next(12)]));
}
