using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Host.Demo;

/// <summary>来件: who complains when, where and about what in the demo district; the same seed gives the same district.</summary>
internal sealed class Arrivals(IReadOnlyList<Complaint> complaints, IReadOnlyList<Scene> scenes, DateTimeOffset present)
{
    private const int Days = 60;
    private const double RepeatShare = 0.06;
    private const int GroupSize = 18;

    /// <summary>Share of each hour of the day, midnight first: mornings and early afternoons are busiest.</summary>
    private static readonly int[] Hours = [1, 1, 1, 1, 1, 1, 2, 4, 9, 13, 13, 10, 5, 5, 9, 10, 9, 8, 6, 5, 4, 3, 2, 1];
    private static readonly string[] Surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "林"];
    private static readonly (string Name, int Weight)[] Channels = [("电话", 80), ("微信", 8), ("网站", 5), ("APP", 4), ("来访", 1), ("网格上报", 2)];

    /// <summary>Drafts with the instant at which each arrives, oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset At, NewOrder Draft)> Draw(int count, int seed)
    {
        var random = new Random(seed);
        var drawn = new List<(DateTimeOffset At, NewOrder Draft)>(count + GroupSize);
        while (drawn.Count < count - GroupSize)
        {
            var at = Instant(random);
            drawn.Add((at, drawn.Count > 50 && random.NextDouble() < RepeatShare ? Again(drawn[random.Next(drawn.Count)].Draft, random) : Draft(random, at)));
        }

        drawn.AddRange(Group(random).Take(Math.Min(GroupSize, count)));
        return [.. drawn.OrderBy(d => d.At)];
    }

    private DateTimeOffset Instant(Random random)
    {
        var day = present.AddDays(-random.NextDouble() * Days).ToBeijing();
        var pick = random.Next(Hours.Sum());
        var hour = 0;
        while (pick >= Hours[hour])
        {
            pick -= Hours[hour++];
        }

        var at = DateOnly.FromDateTime(day.DateTime).StartOfDay().AddHours(hour).AddSeconds(random.Next(3600));
        return at < present.AddMinutes(-2) ? at : present.AddMinutes(-2 - random.Next(240));
    }

    private NewOrder Draft(Random random, DateTimeOffset at)
    {
        var heating = at.ToBeijing().Month is 11 or 12 or 1 or 2 or 3;
        var weights = complaints.Select(c => c.IsHeating ? (heating ? c.Weight * 3 : 1) : c.Weight).ToArray();
        return Draft(complaints[Pick(weights, random)], scenes[random.Next(scenes.Count)], random);
    }

    private static NewOrder Draft(Complaint complaint, Scene scene, Random random)
    {
        var content = scene.Fill(complaint.Content, random);
        return new()
        {
            Title = scene.Fill(complaint.Title, random),
            Content = content,
            Channel = Channels[Pick([.. Channels.Select(c => c.Weight)], random)].Name,
            RequestType = complaint.RequestType,
            Address = $"北京市丰台区{scene.TownName}{scene.CommunityName}{scene.Estate}",
            PointName = scene.Estate,
            LonLat = random.Next(5) == 0 ? null : scene.Point,
            Town = scene.TownCode,
            Community = scene.CommunityCode,
            ClassL3 = complaint.Class,
            Urgency = complaint.IsHeating ? "24小时" : "普通",
            CallerName = Surnames[random.Next(Surnames.Length)] + (random.Next(2) == 0 ? "先生" : "女士"),
            CallerPhone = $"100{random.Next(100_000_000):D8}",    // no such numbers are given out
            IsSecret = complaint.RequestType == "举报" && random.NextDouble() < 0.4,
            NeedReply = true,
        };
    }

    /// <summary>重复诉求: the same caller calls again about the same matter.</summary>
    private static NewOrder Again(NewOrder earlier, Random random) => earlier with
    {
        Content = $"{earlier.Content}注：诉求人第{random.Next(2, 5)}次来电反映同一问题，表示此前反映后没有得到解决。",
    };

    /// <summary>群诉: one building without heating, many callers within a day.</summary>
    private IEnumerable<(DateTimeOffset At, NewOrder Draft)> Group(Random random)
    {
        var scene = scenes[random.Next(scenes.Count)];
        var outage = complaints.First(c => c.Class == "停暖");
        var start = present.AddDays(-3);
        for (var i = 0; i < GroupSize; i++)
        {
            yield return (start.AddMinutes(random.Next(20 * 60)), Draft(outage, scene, random));
        }
    }

    private static int Pick(int[] weights, Random random)
    {
        var pick = random.Next(weights.Sum());
        var i = 0;
        while (pick >= weights[i])
        {
            pick -= weights[i++];
        }

        return i;
    }
}
