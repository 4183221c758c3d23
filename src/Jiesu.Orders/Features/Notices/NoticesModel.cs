using Jiesu.Orders.Contracts;
using Jiesu.Orders.Features.List;
using Jiesu.Orders.Features.Presence;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Notices;

/// <summary>What a person is told, keeps and is at; no order depends on it.</summary>
internal sealed class NoticesModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<Notice>(b =>
        {
            b.ToTable("orders_notice");
            b.Property(x => x.OrderId).HasVogenConversion();
            b.Property(x => x.Text).HasMaxLength(300);
            b.HasIndex(x => new { x.PersonId, x.ReadAt, x.At });
            b.HasIndex(x => new { x.OrderId, x.At, x.Kind, x.PersonId }).IsUnique();
            b.HasIndex(x => x.At);
        });
        model.Entity<SavedView>(b =>
        {
            b.ToTable("orders_saved_view").HasKey(x => new { x.PersonId, x.Name });
            b.Property(x => x.Name).HasMaxLength(SavedView.LongestName);
            b.Property(x => x.Query).HasMaxLength(SavedView.LongestQuery);
        });
        model.Entity<ChosenColumns>(b =>
        {
            b.ToTable("orders_list_columns").HasKey(x => x.PersonId);
            b.Property(x => x.Keys).HasMaxLength(200);
        });
        model.Entity<AtForm>(b =>
        {
            b.ToTable("orders_presence").HasKey(x => new { x.OrderId, x.PersonId });
            b.Property(x => x.OrderId).HasVogenConversion();
            b.HasIndex(x => x.Until);
        });
    }
}
