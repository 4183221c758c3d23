using Jiesu.Tests.Given;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jiesu.Intelligence.Features.Address;

public sealed class ElementTrainingTests : IDisposable
{
    private static readonly SmallCatalogue Day = new();
    private static readonly ElementSettings Few = new(Rounds: 4, Rate: 0.1, Dropout: 0.5, Members: 1);
    private static readonly ElementModel Model = ElementTraining.Run(new AddressGenerator(Day.Places, seed: 1).Make(800), Few, CancellationToken.None);

    private readonly string _folder = Directory.CreateTempSubdirectory("jiesu-address-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("北京市丰台区方庄街道紫芳园社区", "city:北京市 district:丰台区 town:方庄街道 community:紫芳园社区")]
    [InlineData("丰台区秀林东路12号", "district:丰台区 road:秀林东路 roadno:12号")]
    [InlineData("翠林一里社区金湖小区3号楼2单元501室", "community:翠林一里社区 poi:金湖小区 houseno:3号楼 cellno:2单元 roomno:501室")]
    [InlineData("永悦家园对面", "poi:永悦家园 assist:对面")]
    public void Elements_of_a_made_up_address_are_told_apart(string address, string elements) =>
        Assert.Equal(elements, string.Join(' ', Model.Parse(address).Select(e => $"{e.Kind}:{e.Text}")));

    [Theory, InlineData(""), InlineData("   "), InlineData("，。！"), InlineData("abc-12#"), InlineData("龘龘龘")]
    public void Odd_addresses_are_parsed_without_losing_a_word(string address) =>
        Assert.Equal(string.Concat(address.Where(c => !char.IsWhiteSpace(c))).Replace('，', ',').Replace('！', '!'), string.Concat(Model.Parse(address).Select(e => e.Text)));

    [Fact]
    public void The_same_addresses_make_the_same_model()
    {
        var addresses = new AddressGenerator(Day.Places, seed: 2).Make(60);

        var (one, other) = (ElementTraining.Run(addresses, Few, Ct), ElementTraining.Run(addresses, Few, Ct));

        Assert.Equal(one.Edges, other.Edges);
    }

    [Fact]
    public void A_stored_model_parses_as_before()
    {
        using var stream = new MemoryStream();
        ElementModelFile.Write(Model, stream);
        stream.Position = 0;

        var stored = ElementModelFile.Read(stream)!;

        Assert.All(new AddressGenerator(Day.Places, seed: 3).Make(50), a => Assert.Equal(Model.Parse(a.Tokens), stored.Parse(a.Tokens)));
    }

    [Fact]
    public void Labels_of_a_file_become_spans_whatever_their_case()
    {
        var file = Path.Combine(_folder, "some.conll");
        File.WriteAllText(file, "方 B-road\n庄 I-road\n路 I-road\n12 B-roadNo\n号 I-roadno\n东 I-assist\n\n\n翠 B-poi\n林 I-poi");

        var read = LabelledAddress.Read(file).ToArray();

        Assert.Equal([new(0, 3, "road"), new(3, 2, "roadno"), new(5, 1, "assist")], read[0].Elements);
        Assert.Equal("翠林", string.Concat(read[1].Tokens));
    }

    [Fact]
    public void An_installation_trains_its_own_parser_and_uses_it_at_once()
    {
        var parsers = Parsers();
        var file = Path.Combine(_folder, "own.conll");
        File.WriteAllText(file, string.Concat(Enumerable.Repeat("甲 B-grid\n区 I-grid\n12 B-post\n号 I-post\n\n", 40)));

        Assert.Equal(40, parsers.Train(file, Ct));

        Assert.Equal([("grid", "甲区"), ("post", "12号")], parsers.Ready(Day)!.Parse("甲区12号"));
        Assert.Equal([("grid", "甲区"), ("post", "12号")], Parsers().Ready(Day)!.Parse("甲区12号"));
    }

    [Fact]
    public void A_file_without_addresses_changes_nothing()
    {
        var file = Path.Combine(_folder, "empty.conll");
        File.WriteAllText(file, "\n\n");

        Assert.Equal(0, Parsers().Train(file, Ct));
        Assert.False(Directory.Exists(Path.Combine(_folder, "models")));
    }

    private AddressParsers Parsers() =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Jiesu:DataFolder", _folder)]).Build(), NullLogger<AddressParsers>.Instance);
}
