using Jiesu.Intelligence.Contracts;
using Jiesu.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>What a fresh installation says, before a single order was learned from.</summary>
public sealed class SeededAdviceTests
{
    //  text                                                    class on the path   town
    private static readonly (string Text, string Class, string? Town)[] Golden =
    [
        ("翠林一里社区供暖不热，室内温度只有十五度",                  "供暖",            "右安门街道"),
        ("方庄街道小区电梯坏了一个星期，老人上下楼困难",               "电梯",            "方庄街道"),
        ("马家堡街道工地夜间施工，噪音扰民无法休息",                  "夜间施工",         "马家堡街道"),
        ("云岗街道路灯不亮，晚上出行不安全",                         "路灯",            "云岗街道"),
        ("垃圾桶满溢，垃圾没有及时清运",                             "垃圾",            null),
        ("健身房关门，办的健身卡不给退费",                           "预付卡",           null),
        ("包工头拖欠农民工工资不给",                                "薪酬",            null),
        ("邻居在楼顶私搭乱建，属于违法建设",                         "违法建设",         null),
        ("路上井盖丢失，容易掉进去",                                "井盖",            null),
        ("西罗园小区井盖塌陷",                                      "井盖",            "西罗园街道"),
        ("芳城园三区路灯不亮",                                      "路灯",            "方庄街道"),
        ("门口游商占道经营",                                      "占道经营",         null),
    ];

    [Fact]
    public async Task Plain_complaints_find_class_town_and_unit()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await app.SeedAsync();
        await using var scope = app.Services.CreateAsyncScope();

        var advice = await scope.ServiceProvider.GetRequiredService<IOrderAdvisor>()
            .AdviseAsync([.. Golden.Select(g => new AdviceQuestion(g.Text))], TestContext.Current.CancellationToken);

        Assert.All(Golden.Zip(advice), x =>
        {
            Assert.Contains(x.First.Class, x.Second.Classes[0].Path, StringComparison.Ordinal);
            Assert.Equal(x.First.Town, x.Second.Addresses is [var best, ..] ? best.TownName : null);
            Assert.True(x.First.Town is null || x.Second.Units.Count > 0, $"No unit for {x.First.Text}");
        });
    }
}
