using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Domain;

/// <summary>
/// 诉求文本索引: what is kept of one order's text. Not the text itself: Orders has it and gives it again for training (<c>ITrainingTexts</c>),
/// so that a correction or a deletion there leaves no copy behind here.
/// </summary>
internal sealed class StoredText
{
    public required Guid Id { get; init; }

    /// <summary>区划代码 of the town; null where unknown.</summary>
    public string? Town { get; set; }

    /// <summary>分类代码 that a person confirmed; null until then.</summary>
    public string? ClassCode { get; set; }

    /// <summary>When the citizen called.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When this row was last written; other nodes read what is newer than what they have.</summary>
    public DateTimeOffset LearnedAt { get; set; }

    /// <summary>The text as 256 numbers of eight bits.</summary>
    public required byte[] Vector { get; set; }
}

internal sealed class IntelligenceTables : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<StoredText>(b =>
        {
            b.ToTable("intelligence_text");
            b.Property(x => x.Town).HasMaxLength(20);
            b.Property(x => x.ClassCode).HasMaxLength(20);
            b.Property(x => x.Vector).HasMaxLength(256);
            b.HasIndex(x => new { x.LearnedAt, x.Id });
        });
        model.Entity<StoredDecision>(b =>
        {
            b.ToTable("intelligence_decision");
            b.Property(x => x.Matter).HasConversion<string>().HasMaxLength(10);
            b.Property(x => x.Advised).HasMaxLength(20);
            b.Property(x => x.Chosen).HasMaxLength(20);
            b.Property(x => x.ClassCode).HasMaxLength(20);
            b.Property(x => x.Town).HasMaxLength(20);
            b.Property(x => x.ModelVersion).HasMaxLength(40);
            b.HasIndex(x => new { x.OrderId, x.Matter }).IsUnique();
            b.HasIndex(x => new { x.Matter, x.At });
        });
        model.Entity<UnitCount>(b =>
        {
            b.ToTable("intelligence_unit_count");
            b.HasKey(x => new { x.ClassCode, x.Town, x.Unit });
            b.Property(x => x.ClassCode).HasMaxLength(20);
            b.Property(x => x.Town).HasMaxLength(20);
            b.Property(x => x.Unit).HasMaxLength(20);
        });
        model.Entity<StoredConfirmation>(b =>
        {
            b.ToTable("intelligence_place_confirmation");
            b.Property(x => x.Name).HasMaxLength(StoredAlias.LongestName);
            b.Property(x => x.PlaceCode).HasMaxLength(12);
            b.HasIndex(x => new { x.OrderId, x.Name }).IsUnique();
            b.HasIndex(x => new { x.Name, x.PlaceCode });
        });
        model.Entity<StoredAlias>(b =>
        {
            b.ToTable("intelligence_alias");
            b.Property(x => x.Name).HasMaxLength(StoredAlias.LongestName);
            b.Property(x => x.PlaceCode).HasMaxLength(12);
            b.HasIndex(x => x.Name).IsUnique();
        });
        model.Entity<Training>(b =>
        {
            b.ToTable("intelligence_training");
            b.Property(x => x.ModelVersion).HasMaxLength(40);
            b.HasIndex(x => x.State).IsUnique().HasFilter("state IN ('Queued', 'Running')");
            b.HasIndex(x => x.RequestedAt);
        });
        model.Entity<ShadowRun>(b =>
        {
            b.ToTable("intelligence_shadow_run");
            b.HasKey(x => x.ModelVersion);
            b.Property(x => x.ModelVersion).HasMaxLength(40);
            b.Property(x => x.ChampionVersion).HasMaxLength(40);
        });
    }
}
