namespace Jiesu.Platform.Kit;

/// <summary>快捷键: the keys and what they do, for example <c>j / k</c>, 下一件 / 上一件.</summary>
public sealed record Shortcut(string Keys, string Does);
