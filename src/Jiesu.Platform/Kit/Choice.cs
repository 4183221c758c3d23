namespace Jiesu.Platform.Kit;

/// <summary>选项 of a list.</summary>
/// <param name="Initials">拼音首字母, typed to find it: 和平街道 → <c>hpjd</c>.</param>
/// <param name="Group">Heading under which it stands.</param>
public sealed record Choice(string Value, string Text, string? Initials = null, string? Group = null);
