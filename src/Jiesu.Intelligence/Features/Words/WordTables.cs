using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>词条类别.</summary>
internal enum WordKind
{
    /// <summary>词语.</summary>
    Term,

    /// <summary>停用词: never a keyword.</summary>
    Stop,
}

/// <summary>词条 of the dictionary; one that is out of use stays, so that it is not proposed again.</summary>
internal sealed class StoredWord
{
    internal const int Shortest = 2, Longest = 20;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>In the spelling in which texts are read: half width, lower case, without blanks.</summary>
    public required string Term { get; init; }

    /// <summary>标准词 that stands for it; null where it stands for itself.</summary>
    public string? Canonical { get; set; }
    public WordKind Kind { get; set; }

    /// <summary>停用: out of use.</summary>
    public bool IsOff { get; set; }
    public Guid By { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>候选新词的状态.</summary>
internal enum CandidateState { New, Taken, Rejected }

/// <summary>候选新词: found in recent texts; a person takes it into the dictionary or rejects it for good.</summary>
internal sealed class WordCandidate
{
    internal const int LongestExamples = 300;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Term { get; init; }
    public CandidateState State { get; set; }

    /// <summary>Orders of the last search that have it, and of the span before.</summary>
    public int Orders { get; set; }
    public int OrdersBefore { get; set; }
    public double Score { get; set; }

    /// <summary>A few words to both sides, struck out, one example a line.</summary>
    public required string Examples { get; set; }
    public DateTimeOffset FoundAt { get; set; }
    public Guid? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
}

/// <summary>新词发现的状态.</summary>
internal enum WordSearchState { Queued, Running, Completed }

/// <summary>新词发现: asked for by a person, or by the night; one node does it.</summary>
internal sealed class WordSearch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Null: the night's own.</summary>
    public Guid? RequestedBy { get; init; }
    public WordSearchState State { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Orders that were read.</summary>
    public int Orders { get; set; }

    /// <summary>Candidates that nobody has decided on after it.</summary>
    public int Found { get; set; }
}

internal sealed class WordTables : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<StoredWord>(b =>
        {
            b.ToTable("intelligence_word");
            b.Property(x => x.Term).HasMaxLength(StoredWord.Longest);
            b.Property(x => x.Canonical).HasMaxLength(StoredWord.Longest);
            b.HasIndex(x => x.Term).IsUnique();
        });
        model.Entity<WordCandidate>(b =>
        {
            b.ToTable("intelligence_word_candidate");
            b.Property(x => x.Term).HasMaxLength(StoredWord.Longest);
            b.Property(x => x.State).IsConcurrencyToken();    // of two who decide at once the second is told
            b.Property(x => x.Examples).HasMaxLength(WordCandidate.LongestExamples);
            b.HasIndex(x => x.Term).IsUnique();
            b.HasIndex(x => new { x.State, x.Score });
        });
        model.Entity<WordSearch>(b =>
        {
            b.ToTable("intelligence_word_search");
            b.HasIndex(x => x.State).IsUnique().HasFilter("state IN ('Queued', 'Running')");
            b.HasIndex(x => x.RequestedAt);
        });
    }
}
