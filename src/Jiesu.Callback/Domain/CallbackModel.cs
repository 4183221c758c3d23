using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Callback.Domain;

internal sealed class CallbackModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<CallbackTask>(b =>
        {
            b.ToTable("callback_task");
            b.Property(x => x.OrderId).HasVogenConversion();
            b.Ignore(x => x.OrderState);
            b.HasIndex(x => new { x.OrderId, x.Kind }).IsUnique().HasFilter("state = 'Open'");
            b.HasIndex(x => new { x.State, x.Kind, x.DueAt });
            b.HasMany(x => x.Attempts).WithOne().HasForeignKey(x => x.TaskId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CallbackAttempt>(b =>
        {
            b.ToTable("callback_attempt");
            b.HasKey(x => new { x.TaskId, x.Seq });
            b.Property(x => x.ResultCode).HasMaxLength(20);
        });
    }
}
