using Jiesu.Platform.Events;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Platform;

/// <summary>The tables of the ground floor.</summary>
internal static class PlatformModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<OutboxMessage>(b =>
        {
            b.ToTable("platform_outbox");
            b.Property(x => x.Stream).HasMaxLength(100);
            b.Property(x => x.Type).HasMaxLength(100);
            b.Property(x => x.LastFault).HasMaxLength(200);
            b.HasIndex(x => new { x.Stream, x.Seq }).IsUnique();
            b.HasIndex(x => x.At).HasFilter("delivered_at IS NULL");
        });
        model.Entity<InboxEntry>(b =>
        {
            b.ToTable("platform_inbox");
            b.Property(x => x.Handler).HasMaxLength(100);
            b.HasKey(x => new { x.Handler, x.EventId });
        });
        model.Entity<JobLease>(b =>
        {
            b.ToTable("platform_job");
            b.Property(x => x.Name).HasMaxLength(100);
            b.HasKey(x => x.Name);
        });
        model.Entity<IdempotentAnswer>(b =>
        {
            b.ToTable("platform_idempotent_answer");
            b.Property(x => x.Owner).HasMaxLength(128);
            b.Property(x => x.Key).HasMaxLength(IdempotentAnswer.LongestKey);
            b.Property(x => x.BodyHash).HasMaxLength(64);
            b.HasKey(x => new { x.Owner, x.Key });
            b.HasIndex(x => x.At);
        });
        model.Entity<Sequence>(b =>
        {
            b.ToTable("platform_sequence");
            b.Property(x => x.Name).HasMaxLength(100);
            b.HasKey(x => x.Name);
        });
    }
}
