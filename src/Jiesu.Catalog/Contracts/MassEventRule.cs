namespace Jiesu.Catalog.Contracts;

/// <summary>
/// 群体性事件规则: from when on requests about one matter are a suspected mass event, and how grave it is (hotline guide 6.2). Counts are of different callers. Enough of them make an
/// event of the fourth level; so many times as many, a higher one.
/// </summary>
/// <param name="Number">修订号 of the row; 0: assumed, the table is silent.</param>
/// <param name="From">生效日期.</param>
/// <param name="CallersInDay">24 小时内人数.</param>
/// <param name="CallersInWeek">7 日内人数.</param>
/// <param name="ThirdTimes">三级倍数.</param>
/// <param name="SecondTimes">二级倍数.</param>
/// <param name="FirstTimes">一级倍数; the gravest.</param>
/// <param name="Headcount">文中人数: so many persons or households in a text lift the level by one.</param>
/// <param name="Words">聚集词: one of them in a text lifts the level by one.</param>
/// <param name="Except">例外词: longer words that take a word of the list away.</param>
/// <param name="ByPoint">按点位归并: the same point or company and second-level class is one matter, too, however its texts read.</param>
public sealed record MassEventRule(
    int Number, DateOnly From, int CallersInDay, int CallersInWeek, int ThirdTimes, int SecondTimes, int FirstTimes, int Headcount, IReadOnlyList<string> Words, IReadOnlyList<string> Except, bool ByPoint)
{
    /// <summary>What holds where the table is silent.</summary>
    public static MassEventRule Assumed { get; } = new(0, new(2021, 9, 24), 5, 10, 2, 4, 8, 10, ["聚集", "集体", "堵路", "维权群", "到市里", "上访"], ["集体宿舍", "集体土地", "集体户"], true);
}
