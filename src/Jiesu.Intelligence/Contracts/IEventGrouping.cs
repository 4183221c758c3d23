namespace Jiesu.Intelligence.Contracts;

/// <summary>待归并诉求: an open request as the grouping reads it; instants in UTC.</summary>
/// <param name="Version">Of the order when it was read.</param>
/// <param name="Text">Title, a line break, content.</param>
/// <param name="Town">区划代码; null where unknown.</param>
/// <param name="Point">点位 as it was typed; null where unknown.</param>
/// <param name="Company">被反映企业 as it was typed; null: looked for in the text.</param>
public sealed record GroupedText(Guid Id, int Version, string Text, DateTimeOffset At, string? Town, string? ClassCode, string? Point = null, string? Company = null);

/// <summary>归并结果: each request is in one group of <paramref name="Matters"/>, be it alone; those of one point are told beside.</summary>
/// <param name="Matters">同一问题, by what the texts say.</param>
/// <param name="Points">同一点位或企业, and the same second-level class: two or more.</param>
public sealed record EventGroups(IReadOnlyList<IReadOnlyList<Guid>> Matters, IReadOnlyList<PointGroup> Points);

/// <summary>同点位诉求.</summary>
/// <param name="Key">What they share; stays the same for later ones.</param>
public sealed record PointGroup(string Key, IReadOnlyList<Guid> Requests);

/// <summary>
/// 事件归并: keeps the open requests in memory and puts those about one matter together. A new process knows none until it is told; a request that comes again is grouped anew
/// if what it says has changed.
/// </summary>
public interface IEventGrouping
{
    /// <summary>Requests that it holds, and in which version.</summary>
    IReadOnlyDictionary<Guid, int> Known { get; }

    /// <summary>Takes requests in and others out; what is grouped after that.</summary>
    EventGroups Update(IReadOnlyCollection<GroupedText> arrived, IReadOnlyCollection<Guid> gone);
}
