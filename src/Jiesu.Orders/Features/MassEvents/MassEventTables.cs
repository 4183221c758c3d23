using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.MassEvents;

internal sealed class MassEventTables : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<MassEvent>(b =>
        {
            b.ToTable("orders_mass_event");
            b.Property(x => x.Title).HasMaxLength(200);
            b.Property(x => x.State).HasConversion<string>().HasMaxLength(10);
            b.Property(x => x.Why).HasMaxLength(200);
            b.Property(x => x.Basis).HasMaxLength(200);
            b.Property(x => x.PointKey).HasMaxLength(200);
            b.Property(x => x.StateWhy).HasMaxLength(200);
            b.Property(x => x.MasterOrderId).HasConversion(v => v == null ? (Guid?)null : v.Value.Value, v => v == null ? null : OrderId.From(v.Value));
            b.Property(x => x.Version).IsConcurrencyToken();
            b.HasIndex(x => new { x.State, x.LastAt });
        });
        model.Entity<MassEventOrder>(b =>
        {
            b.ToTable("orders_mass_event_order");
            b.Property(x => x.OrderId).HasVogenConversion();
            b.HasKey(x => x.OrderId);
            b.HasIndex(x => x.EventId);
            b.HasOne<WorkOrder>().WithMany().HasForeignKey(x => x.OrderId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<MassEvent>().WithMany().HasForeignKey(x => x.EventId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
