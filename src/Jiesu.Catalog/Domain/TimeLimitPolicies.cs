using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain;

/// <summary>时限政策: the closest of those that fit. Urgency weighs more than any class, a class more than a type, a lower class more than one above it.</summary>
internal static class TimeLimitPolicies
{
    private const int ForUrgency = 100, ForLevel = 10, ForType = 1;

    /// <summary>The policy that stands when the table has none: ordinary, seven days (hotline.md 2.6).</summary>
    private static readonly TimeLimitPolicy Ordinary = new(
        "D7", "普通", Limit(30, "minute"), Limit(7, "natural_day"), Limit(2, "work_hour"), 50, 24, false, true, 1, 3, 24, 25);

    public static TimeLimitPolicy Choose(IReadOnlyList<TimeLimitRow> rows, string? classCode, string? urgency, string? requestType)
    {
        var levels = ClassCode.IsCode(classCode) ? ClassCode.Upwards(classCode).ToArray() : [];
        return rows.Select(r => (Row: r, Fit: Fit(r, levels, urgency, requestType))).Where(x => x.Fit is not null)
            .OrderByDescending(x => x.Fit).ThenBy(x => x.Row.Code, StringComparer.Ordinal)
            .Select(x => PolicyOf(x.Row)).FirstOrDefault(Ordinary);
    }

    public static TimeLimitPolicy PolicyOf(TimeLimitRow r) => new(
        r.Code, r.Name, Limit(r.SignValue, r.SignUnit), Limit(r.HandleValue, r.HandleUnit), Limit(r.ReturnValue, r.ReturnUnit),
        r.ReworkPercent, r.ReworkMinimumHours, r.IsPausable, r.IsExtendable, r.MaxExtensions, r.MaxDispatches, r.StreetBufferHours, r.StreetBufferPercent);

    private static TimeLimit Limit(int value, string unit) =>
        TimeLimit.OfPolicy(value, unit) ?? throw new InvalidOperationException($"A stored limit is none: {value} {unit}");

    /// <summary>Null when the row is for something else.</summary>
    private static int? Fit(TimeLimitRow row, string[] levels, string? urgency, string? requestType)
    {
        var fit = 0;
        if (row.Urgency.Length > 0)
        {
            if (row.Urgency != urgency)
            {
                return null;
            }

            fit += ForUrgency;
        }

        if (row.RequestType.Length > 0)
        {
            if (row.RequestType != requestType)
            {
                return null;
            }

            fit += ForType;
        }

        if (row.Classes.Length == 0)
        {
            return fit;
        }

        var closest = levels.FirstOrDefault(CatalogWords.Split(row.Classes).Contains);
        return closest is null ? null : fit + (ForLevel * ClassCode.LevelOf(closest));
    }
}
