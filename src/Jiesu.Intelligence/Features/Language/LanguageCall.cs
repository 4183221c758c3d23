using Jiesu.Intelligence.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Language;

/// <summary>大模型调用: that the model was asked, how it ended and what it cost. No word of the question or the answer is kept.</summary>
internal sealed class LanguageCall
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required LanguageTask Task { get; init; }

    /// <summary>工单; null for the test question.</summary>
    public Guid? OrderId { get; init; }
    public required LanguageOutcome Outcome { get; init; }
    public required int Milliseconds { get; init; }
    public required int InputTokens { get; init; }
    public required int OutputTokens { get; init; }

    /// <summary>费用, millionths of a yuan.</summary>
    public required long Cost { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class LanguageTables : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<LanguageCall>(b =>
    {
        b.ToTable("intelligence_language_call");
        b.HasIndex(x => x.At);
    });
}

/// <summary>清理调用记录: kept for ninety days.</summary>
internal sealed class ClearLanguageCalls(JiesuDb db, TimeProvider clock) : IJob
{
    public const int Days = 90;

    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-Days);
        await db.WriteAsync(() => db.Set<LanguageCall>().Where(c => c.At < before).ExecuteDeleteAsync(ct), ct);
    }
}
