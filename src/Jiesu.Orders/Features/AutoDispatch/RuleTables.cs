using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.AutoDispatch;

internal sealed class RuleTables : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<DispatchRule>(b =>
        {
            b.ToTable("orders_dispatch_rule");
            b.Ignore(x => x.Number);
            b.Ignore(x => x.Narrowness);
            b.Property(x => x.ClassCode).HasMaxLength(6);
            b.Property(x => x.TownCode).HasMaxLength(12);
            b.Property(x => x.Word).HasMaxLength(20);
            b.Property(x => x.LeadCode).HasMaxLength(20);
            b.Property(x => x.State).HasConversion<string>().HasMaxLength(10);
            b.Property(x => x.StateWhy).HasMaxLength(200);
            b.Property(x => x.Version).IsConcurrencyToken();
            b.HasIndex(x => x.No).IsUnique();
            b.HasIndex(x => x.State);
        });
        model.Entity<Domain.AutoDispatch>(b =>
        {
            b.ToTable("orders_auto_dispatch");
            b.Property(x => x.OrderId).HasVogenConversion();
            b.Property(x => x.HeldBack).HasMaxLength(40);
            b.HasKey(x => x.OrderId);
            b.HasIndex(x => new { x.RuleId, x.At });
            b.HasOne<WorkOrder>().WithMany().HasForeignKey(x => x.OrderId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<DispatchRule>().WithMany().HasForeignKey(x => x.RuleId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
