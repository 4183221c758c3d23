namespace Jiesu.Intelligence.Contracts;

/// <summary>近期诉求文本: what new words are looked for in. The room that owns the texts offers it; without it, nothing is found.</summary>
public interface IRecentTexts
{
    /// <summary>Received from an instant until before another, newest first, at most so many; no secret order.</summary>
    IAsyncEnumerable<RecentText> ReadAsync(DateTimeOffset from, DateTimeOffset until, int most, CancellationToken ct);
}

/// <summary>一件诉求文本.</summary>
/// <param name="Text">Title, a line break, content.</param>
/// <param name="Person">Equal for one caller's requests, says nothing else; null where the caller is unknown.</param>
/// <param name="Known">已知身份: the caller's name and telephone, to be struck out wherever they stand; never kept, never shown.</param>
public sealed record RecentText(string Text, string? Person, IReadOnlyList<string> Known);
