namespace Jiesu.Platform.Kit;

/// <summary>数据系列 of a chart: one figure a label; null where there is none.</summary>
public sealed record Series(string Name, IReadOnlyList<decimal?> Values);
