using CsCheck;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Events;

public sealed class EventClustererTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private static readonly (string Place, string Matter, string[] Voices)[] Matters =
    [
        ("翠林苑", "夜间施工噪声", ["半夜挖掘机轰鸣无法入睡", "凌晨打桩吵醒孩子", "工地通宵灌浆扰民"]),
        ("和风里", "暖气不热", ["室温只有十四度", "供热管道冰凉", "老人冻得感冒"]),
        ("望湖台", "预付卡退款", ["健身房关门老板失联", "游泳卡余额不给退", "商家跑路会员维权"]),
        ("银杏路", "垃圾满溢", ["垃圾桶三天没人清运", "臭气熏天苍蝇成群", "清运车不来"]),
    ];

    [Fact]
    public void Voices_about_one_matter_become_one_event_and_others_do_not()
    {
        var clusterer = Grouped(Messages());

        Assert.Equal(Matters.Length, clusterer.Events.Count);
        Assert.All(clusterer.Events, e => Assert.Single(e.Members.Select(m => MatterOf(m.Message)).Distinct()));
    }

    [Fact]
    public void The_order_of_arrival_makes_no_difference_to_clear_matters() =>
        Gen.Int[0, 100_000].Sample(
            seed =>
            {
                var messages = Messages();
                new Random(seed).Shuffle(messages);
                var clusterer = Grouped(messages);
                return clusterer.Events.All(e => e.Members.Select(m => MatterOf(m.Message)).Distinct().Count() == 1) && clusterer.Events.Count == Matters.Length;
            },
            iter: 30);

    [Fact]
    public void Everybody_is_in_exactly_one_event_whatever_comes_goes_and_comes_again() =>
        Gen.Select(Gen.Int[0, 11], Gen.Bool).Array[1, 60].Sample(
            steps =>
            {
                var (messages, clusterer, here) = (Messages(), new EventClusterer(new()), new HashSet<Guid>());
                foreach (var (which, comes) in steps)
                {
                    var message = messages[which];
                    _ = comes ? clusterer.Add(message) : default;
                    _ = comes || clusterer.Remove(message.Id);
                    _ = comes ? here.Add(message.Id) : here.Remove(message.Id);
                }

                var members = clusterer.Events.SelectMany(e => e.Members.Select(m => m.Message.Id)).ToArray();
                return here.SetEquals(members) && members.Length == here.Count && clusterer.Count == here.Count && clusterer.Events.All(e => e.Members.All(m => m.Group == e));
            },
            iter: 100);

    [Fact]
    public void The_same_message_twice_changes_nothing()
    {
        var messages = Messages();
        var clusterer = Grouped(messages);
        var before = messages.ToLookup(m => clusterer.EventOf(m.Id)!.Members.Count);

        clusterer.Add(messages[3]);

        Assert.Equal(messages.Length, clusterer.Count);
        Assert.Equal(before.Select(g => (g.Key, g.Count())).Order(), messages.ToLookup(m => clusterer.EventOf(m.Id)!.Members.Count).Select(g => (g.Key, g.Count())).Order());
    }

    [Fact]
    public void A_message_that_speaks_of_both_lets_two_events_become_one_under_the_earlier_id()
    {
        var clusterer = new EventClusterer(new() { Together = 0.25, LookAgain = 0 });
        Noise(clusterer);
        var first = clusterer.Add(Message(1, "长桥头路灯熄灭", "夜里漆黑一片"));
        var second = clusterer.Add(Message(2, "水泵房异响", "整日轰鸣难眠"));
        Assert.NotEqual(first, second);

        var both = clusterer.Add(Message(3, "长桥头路灯熄灭水泵房异响", "夜里漆黑一片整日轰鸣难眠"));
        for (var i = 4; i < 8; i++)
        {
            clusterer.Add(Message(i, "长桥头路灯熄灭水泵房异响", "夜里漆黑一片整日轰鸣难眠"));
        }

        Assert.Equal(first, both);
        Assert.Equal(first, clusterer.EventOf(new Guid(2, 0, 0, new byte[8]))!.Id);
    }

    [Fact]
    public void Another_place_where_both_are_known_speaks_against()
    {
        var clusterer = new EventClusterer(new() { OtherPlace = 0.1 });
        Noise(clusterer);
        var here = clusterer.Add(Message(1, "路口井盖塌陷", "雨后井盖塌陷危险") with { Place = "110106001" });
        var there = clusterer.Add(Message(2, "路口井盖塌陷", "雨后井盖塌陷危险") with { Place = "110106014" });
        var somewhere = clusterer.Add(Message(3, "路口井盖塌陷", "雨后井盖塌陷危险"));

        Assert.NotEqual(here, there);
        Assert.Contains(somewhere, new[] { here, there });
    }

    [Fact]
    public void A_text_that_says_nothing_is_alone()
    {
        var clusterer = Grouped(Messages());

        clusterer.Add(Message(90, "", "！！"));
        clusterer.Add(Message(91, "", "？"));

        Assert.Single(clusterer.EventOf(new Guid(90, 0, 0, new byte[8]))!.Members);
    }

    [Fact]
    public void Together_and_one_by_one_give_the_same_for_clear_matters()
    {
        var messages = Messages();
        var together = new EventClusterer(new());
        together.AddAll(messages);
        var oneByOne = Grouped(messages);

        Assert.Equal(Partition(together), Partition(oneByOne));
    }

    private static string[] Partition(EventClusterer clusterer) => [.. clusterer.Events.Select(e => string.Join(' ', e.Members.Select(m => m.Message.Id).Order())).Order(StringComparer.Ordinal)];

    private static EventClusterer Grouped(EventMessage[] messages)
    {
        var clusterer = new EventClusterer(new());
        Array.ForEach(messages, m => clusterer.Add(m));
        clusterer.Settle();
        return clusterer;
    }

    /// <summary>Three voices a matter, each naming place and matter and saying the rest in its own words.</summary>
    private static EventMessage[] Messages() =>
        [.. Matters.SelectMany((m, i) => m.Voices.Select((v, j) => Message(10 + (3 * i) + j, m.Place + m.Matter, v)))];

    private static string MatterOf(EventMessage message) => Matters.First(m => message.Plain.StartsWith(m.Place, StringComparison.Ordinal)).Matter;

    private static EventMessage Message(int number, string title, string content) => new(new Guid(number, 0, 0, new byte[8]), PlainText.Of(title, content), Start.AddHours(number));

    /// <summary>Rarity means nothing among two or three texts.</summary>
    private static void Noise(EventClusterer clusterer) => Array.ForEach(Messages(), m => clusterer.Add(m));
}
