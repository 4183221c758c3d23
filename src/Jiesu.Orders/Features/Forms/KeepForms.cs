using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Forms;

/// <summary>留存表单取值: puts the answers of the step just taken into the session; what the same unit answered before in this round gives way to them.</summary>
internal sealed class KeepForms(JiesuDb db)
{
    public async Task KeepAsync(WorkOrder order, CancellationToken ct)
    {
        // the history of an order on its way is not loaded: what stands there was just added
        var (step, answered) = order.History.Select(e => (e, StepDetails.Read(e.Details).Form)).LastOrDefault(x => x.Form is not null);
        if (answered is not { } form)
        {
            return;
        }

        var kind = FormCodes.KindOf(form.Code);
        var earlier = await db.Set<FormValue>().Where(v => v.OrderId == order.Id && v.Round == order.Round && v.UnitId == step.ActorUnitId).ToListAsync(ct);
        db.RemoveRange(earlier.Where(v => FormCodes.KindOf(v.Form) == kind));
        db.AddRange(FormValue.Of(form, order.Id, order.Round, step.ActorUnitId, step.At));
    }
}
