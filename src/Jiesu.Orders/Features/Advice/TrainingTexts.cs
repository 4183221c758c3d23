using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Advice;

/// <summary>训练样本: orders with a class that were accepted, newest first. Texts only, nothing of the caller.</summary>
internal sealed class TrainingTexts(JiesuDb db) : ITrainingTexts
{
    private static readonly OrderState[] Unconfirmed = [OrderState.Draft, OrderState.Received, OrderState.NotAccepted, OrderState.ReturnedToCity, OrderState.Cancelled];

    public async IAsyncEnumerable<LearnedText> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var rows = db.Set<WorkOrder>().AsNoTracking().Where(x => x.ClassCode != null && !Unconfirmed.Contains(x.State)).OrderByDescending(x => x.No)
            .Select(x => new { x.Id, x.Title, x.Content, x.ClassCode, x.TownCode, x.CallTime }).AsAsyncEnumerable();
        await foreach (var x in rows.WithCancellation(ct))
        {
            yield return new(x.Id.Value, $"{x.Title}\n{x.Content}", x.ClassCode, x.TownCode, x.CallTime);
        }
    }
}
