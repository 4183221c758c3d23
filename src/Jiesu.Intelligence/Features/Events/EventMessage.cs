namespace Jiesu.Intelligence.Features.Events;

/// <summary>待归并诉求: one open request as the grouping sees it.</summary>
/// <param name="Plain">规整文本, the title before the first full stop.</param>
/// <param name="Place">Code of the town or community; null where unknown.</param>
/// <param name="ClassCode">分类代码; null where unknown.</param>
internal sealed record EventMessage(Guid Id, string Plain, DateTimeOffset At, string? Place = null, string? ClassCode = null);
