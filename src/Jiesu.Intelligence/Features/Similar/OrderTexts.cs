using System.Runtime.InteropServices;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Similar;

/// <summary>诉求文本: learns in the caller's session, and finds again.</summary>
internal sealed class OrderTexts(JiesuDb db, SimilarIndex index, SimilarReader reader, TimeProvider clock) : IOrderTexts
{
    /// <summary>Below this two texts share phrases, not the matter. At 0.3 one in thirteen of the same event was lost among public messages.</summary>
    public const double LeastScore = 0.2;

    private const int AtOnce = 1000;

    public async Task LearnAsync(IReadOnlyList<LearnedText> texts, CancellationToken ct)
    {
        foreach (var some in texts.Chunk(AtOnce))
        {
            var ids = some.Select(t => t.Id).ToArray();
            var known = await db.Set<StoredText>().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
            var unsaved = db.Set<StoredText>().Local;                       // asked for once: each time it looks through the whole session
            ShowWhenSaved([.. some.Select(t => Store(t, known.GetValueOrDefault(t.Id) ?? unsaved.FindEntry(t.Id)?.Entity))]);
        }
    }

    public async Task<IReadOnlyList<SimilarText>> FindSimilarAsync(string text, Guid? except, int count, DateTimeOffset? since, CancellationToken ct)
    {
        await reader.CatchUpAsync(ct);
        return index.Nearest(TextVector.Of(PlainText.OfOrder(text)), except, count, since, LeastScore);
    }

    private StoredText Store(LearnedText text, StoredText? stored)
    {
        var vector = MemoryMarshal.AsBytes<sbyte>(TextVector.Of(PlainText.OfOrder(text.Text))).ToArray();
        if (stored is null)
        {
            stored = new() { Id = text.Id, Vector = vector };
            db.Add(stored);
        }

        (stored.Vector, stored.Town, stored.ClassCode, stored.At, stored.LearnedAt) = (vector, text.Town, text.ClassCode, text.At, clock.GetUtcNow());
        return stored;
    }

    /// <summary>
    /// This node sees them with the save, others within a second. A save inside a transaction that is rolled back later leaves ids here that lead nowhere:
    /// the asker, who filters ids by scope, drops them.
    /// </summary>
    private void ShowWhenSaved(StoredText[] texts)
    {
        db.SavedChanges += Show;

        void Show(object? sender, SavedChangesEventArgs e)
        {
            db.SavedChanges -= Show;
            index.Add(texts.Select(t => new Indexed(t.Id, t.At, t.LearnedAt, SimilarReader.Numbers(t.Vector))));
        }
    }
}
