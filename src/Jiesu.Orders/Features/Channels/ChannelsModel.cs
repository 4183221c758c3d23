using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Channels;

/// <summary>How notices leave the house.</summary>
internal sealed class ChannelsModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<NoticeSetting>(b =>
        {
            b.ToTable("orders_notice_setting").HasKey(x => x.PersonId);
            b.Property(x => x.Muted).HasMaxLength(200);
            b.Property(x => x.SmsKinds).HasMaxLength(200);
            b.Ignore(x => x.Quiet);
        });
        model.Entity<PushDevice>(b =>
        {
            b.ToTable("orders_push_device");
            b.Property(x => x.Endpoint).HasMaxLength(PushDevice.LongestEndpoint);
            b.Property(x => x.P256dh).HasMaxLength(100);
            b.Property(x => x.Auth).HasMaxLength(40);
            b.Property(x => x.Name).HasMaxLength(PushDevice.LongestName);
            b.HasIndex(x => x.Endpoint).IsUnique();
            b.HasIndex(x => x.PersonId);
        });
        model.Entity<NoticeSend>(b =>
        {
            b.ToTable("orders_notice_send");
            b.Property(x => x.Receipt).HasMaxLength(100);
            b.Property(x => x.Reason).HasMaxLength(200);
            b.HasIndex(x => new { x.NoticeId, x.TargetId }).IsUnique();
            b.HasIndex(x => new { x.State, x.NextAt });
            b.HasIndex(x => new { x.PersonId, x.SentAt });
        });
    }
}
