using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Actions;

/// <summary>办理规则: catalogue, calendar, organisation and settings as they stand now; immutable, read once for each piece of work.</summary>
internal sealed record OrderPolicy(CatalogueDay Catalogue, WorkingCalendar Calendar, UnitTree Units, OrdersSettings Settings)
{
    /// <summary>时限政策 for this order.</summary>
    /// <param name="classCode">The class that it gets by what is asked now; null: it keeps its own.</param>
    public TimeLimitPolicy LimitsFor(WorkOrder order, string? classCode = null) => Catalogue.Policy(classCode ?? order.ClassCode, order.Urgency, order.RequestType);

    /// <summary>Whether the unit is <paramref name="top"/> or stands below it.</summary>
    public bool IsWithin(Guid unit, Guid top)
    {
        for (var at = Units.Find(unit); at is not null; at = at.ParentId is { } parent ? Units.Find(parent) : null)
        {
            if (at.Id == top)
            {
                return true;
            }
        }

        return unit == top;
    }
}

/// <summary>Reads the rules; all of it comes from caches.</summary>
internal sealed class OrderPolicies(ICatalogue catalogue, IWorkingCalendars calendars, IUnitDirectory units, IOptions<OrdersSettings> settings)
{
    public async Task<OrderPolicy> GetAsync(CancellationToken ct) =>
        new(await catalogue.GetAsync(ct), await calendars.GetAsync(ct), await units.GetAsync(ct), settings.Value);
}
