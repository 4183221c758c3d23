namespace Jiesu.Intelligence.Contracts;

/// <summary>待归并诉求: an open request as the grouping reads it; instants in UTC.</summary>
/// <param name="Text">Title, a line break, content.</param>
/// <param name="Town">区划代码; null where unknown.</param>
public sealed record GroupedText(Guid Id, string Text, DateTimeOffset At, string? Town, string? ClassCode);

/// <summary>事件归并: keeps the open requests in memory and puts those about one matter together. A new process knows none until it is told.</summary>
public interface IEventGrouping
{
    /// <summary>Requests that it holds.</summary>
    IReadOnlySet<Guid> Known { get; }

    /// <summary>Takes requests in and others out; groups of two or more after that.</summary>
    IReadOnlyList<IReadOnlyList<Guid>> Update(IReadOnlyCollection<GroupedText> arrived, IReadOnlyCollection<Guid> gone);
}
