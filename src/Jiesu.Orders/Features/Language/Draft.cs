namespace Jiesu.Orders.Features.Language;

/// <summary>草稿: plain text for a person to read; nothing of it is sent or kept by itself.</summary>
/// <param name="Source">Who wrote it: the model by its name, or where the house found it.</param>
/// <param name="Words">Why it is not the model's; null when it is.</param>
public sealed record Draft(string Text, string Source, string? Words);
