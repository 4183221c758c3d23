using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Evaluation.Domain;

internal sealed class EvaluationModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<EvaluationFact>(b =>
        {
            b.ToTable("evaluation_fact");
            b.HasKey(x => x.OrderId);
            b.Property(x => x.OrderId).HasVogenConversion();
            b.Property(x => x.ClassCode).HasMaxLength(6);
            b.Property(x => x.Satisfied).HasMaxLength(10);
            b.Property(x => x.FirstSatisfied).HasMaxLength(10);
            b.Property(x => x.PreSatisfied).HasMaxLength(10);
            b.HasIndex(x => x.ReceivedAt);
            b.HasIndex(x => x.ClosedAt);
        });
        model.Entity<AssessmentPeriod>(b =>
        {
            b.ToTable("evaluation_period");
            b.HasKey(x => new { x.Code, x.Revision });
            b.Property(x => x.Code).HasMaxLength(AssessmentPeriod.LongestCode);
            b.Property(x => x.Reason).HasMaxLength(200);
            b.Ignore(x => x.From).Ignore(x => x.Until).Ignore(x => x.ClosedFrom);
        });
        model.Entity<WeightSet>(b =>
        {
            b.ToTable("evaluation_weight_set");
            b.HasKey(x => new { x.ValidFrom, x.Revision });
            b.Property(x => x.Contacted).HasPrecision(5, 4);
            b.Property(x => x.Solved).HasPrecision(5, 4);
            b.Property(x => x.Satisfied).HasPrecision(5, 4);
            b.Property(x => x.MostlySatisfied).HasPrecision(5, 4);
            b.Property(x => x.Reason).HasMaxLength(200);
        });
    }
}

/// <summary>The dated tables as they stand now; small, read whole.</summary>
internal static class PolicyTables
{
    public static async Task<PeriodTable> PeriodsAsync(this JiesuDb db, CancellationToken ct) => new(await db.Set<AssessmentPeriod>().AsNoTracking().ToListAsync(ct));

    public static async Task<WeightTable> WeightsAsync(this JiesuDb db, CancellationToken ct) => new(await db.Set<WeightSet>().AsNoTracking().ToListAsync(ct));
}
