using Jiesu.Intelligence.Contracts;

namespace Jiesu.Intelligence.Features.Locate;

public sealed class EntitySpansTests
{
    [Theory]
    [InlineData("11月28日晚上10点翠林小区工地施工到凌晨2点", "Time 11月28日晚上10点|Place 翠林小区|Time 凌晨2点")]
    [InlineData("每天夜间22:30至次日1:00，好邻居超市装卸货物", "Time 每天夜间22:30至次日1:00|Company 好邻居超市")]
    [InlineData("宏达建筑有限公司拖欠工资三千多元，另有1.2万元押金", "Company 宏达建筑有限公司|Amount 三千多元|Amount 1.2万元")]
    [InlineData("希望增设路灯", "")]
    [InlineData("2026年3月起没有暖气", "Time 2026年3月")]
    public void Places_firms_times_and_sums_are_found(string text, string spans) =>
        Assert.Equal(spans, string.Join('|', EntitySpans.Of(new(text)).Select(s => $"{s.Kind} {s.Text}")));

    [Fact]
    public void What_leads_to_a_person_is_pointed_at_and_not_repeated()
    {
        const string Text = "我叫王建国，电话13800001111，住翠林小区3号楼2单元501室";

        var spans = EntitySpans.Of(new(Text));

        var personal = spans.Where(s => s.Kind is SpanKind.Person or SpanKind.Phone or SpanKind.Home).ToArray();
        Assert.All(personal, s => Assert.Null(s.Text));
        Assert.Equal(["王建国", "13800001111", "2单元501室"], personal.Select(s => Text[s.Start..s.End]));
    }

    [Fact]
    public void Each_field_counts_its_own_characters_as_they_were_sent()
    {
        var spans = EntitySpans.Of(new("　ＡＢ 昨天停水", "翠林小区停水", "翠林小区５号楼"));

        Assert.Equal(["title 0 4", "text 4 6", "address 0 4"], spans.Where(s => s.Kind is SpanKind.Place or SpanKind.Time).Select(s => $"{s.Field} {s.Start} {s.End}"));
    }
}
