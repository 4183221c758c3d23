namespace Jiesu.Platform.Kit;

/// <summary>一步 of a 办理过程.</summary>
/// <param name="By">Unit and person, as they may be shown.</param>
/// <param name="Kind"><c>ok</c>, <c>late</c>, <c>current</c>; null for the ordinary.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Title, string? By = null, string? Text = null, string? Kind = null);
