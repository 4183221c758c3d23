namespace Jiesu.Platform.Kit;

/// <summary>页签.</summary>
public sealed record Tab(string Text, string Url, bool IsCurrent, int? Count = null);
