namespace Jiesu.Intelligence.Features.Classify;

public sealed class ClassTrainingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string[]> Vocabulary = new()
    {
        ["heat"] = ["暖气", "不热", "室温", "供热", "阀门", "低温"],
        ["lift"] = ["电梯", "困人", "故障", "维修", "轿厢", "停运"],
        ["waste"] = ["垃圾", "清运", "异味", "满溢", "堆积", "桶站"],
    };

    [Fact]
    public void What_can_be_told_apart_is_told_apart()
    {
        var model = Train(cores: 1);

        Assert.InRange(model.Card.Accuracy!.Value, 0.97, 1);
        Assert.Equal("lift", Best(model, "小区电梯总是停运，轿厢里困人"));
        Assert.Equal("waste", Best(model, "垃圾堆积，异味很大"));
    }

    [Fact]
    public void The_same_texts_give_the_same_model_on_any_number_of_cores()
    {
        var (one, two) = (Train(cores: 1), Train(cores: 2));

        Assert.Equal(one.Card.Version, two.Card.Version);
        Assert.Equal(one.Scores(Grams.Of("电梯不热")), two.Scores(Grams.Of("电梯不热")));
    }

    [Fact]
    public void A_model_comes_back_from_its_file_as_it_was()
    {
        var model = Train(cores: 1);
        using var file = new MemoryStream();

        ModelFile.Write(model, file);
        file.Position = 0;
        var back = ModelFile.Read(file)!;

        Assert.Equal(model.Card, back.Card);
        Assert.Equal(model.Scores(Grams.Of("暖气不热")), back.Scores(Grams.Of("暖气不热")));
    }

    [Fact]
    public void A_text_in_another_language_than_those_learned_from_makes_no_sure_class()
    {
        var model = Train(cores: 1);
        var strange = Grams.Of("反映某酒店六楼聚众赌博多次报警无人处置且现场混乱影响周边商铺经营，仅在门口见过一次电梯维修的告示");

        Assert.InRange(model.Trust(Grams.Of("电梯停运轿厢困人故障维修")), 0.9, 1);
        Assert.InRange(model.Trust(strange), 0, 0.5);
        Assert.InRange(model.Scores(strange).Max(), 0, 0.67);
        Assert.InRange(model.Scores(strange).Sum(), 0.999, 1.001);
    }

    /// <summary>The recipe stands first in the file; whoever finds another leaves the rest alone.</summary>
    [Fact]
    public void A_file_of_an_earlier_recipe_is_not_read()
    {
        using var file = new MemoryStream();
        using (var packed = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(packed))
        {
            writer.Write("han-1-2/18/v1");
        }

        file.Position = 0;

        Assert.Null(ModelFile.Read(file));
    }

    [Fact]
    public void Shares_add_up_to_one_and_say_nothing_of_an_unknown_text()
    {
        var model = Train(cores: 1);

        Assert.Equal(1, model.Scores(Grams.Of("暖气")).Sum(), 6);
        Assert.False(model.Knows(Grams.Of("xyz")));
    }

    [Fact]
    public void The_evidence_is_what_the_text_says_for_the_class()
    {
        var model = Train(cores: 1);

        Assert.Contains("暖气", Evidence.Of("请看看我家的暖气好吗", model, model.Codes.ToList().IndexOf("heat")), StringComparison.Ordinal);
        Assert.Empty(Evidence.Of("", model, 0));
    }

    /// <summary>Three hundred texts a class, four of its own words and two of another's in each.</summary>
    private static ClassModel Train(int cores)
    {
        var set = new TrainingSet();
        var random = new Random(7);
        for (var i = 0; i < 900; i++)
        {
            var own = Vocabulary.Keys.ElementAt(i % 3);
            var other = Vocabulary.Keys.ElementAt((i + 1) % 3);
            set.Add(string.Concat(random.GetItems(Vocabulary[own], 4)) + string.Concat(random.GetItems(Vocabulary[other], 2)), own);
        }

        return ClassTraining.Run(set, new(), Now, cores, CancellationToken.None);
    }

    private static string Best(ClassModel model, string plain) => model.Codes[model.Scores(Grams.Of(plain)).Index().MaxBy(s => s.Item).Index];
}
