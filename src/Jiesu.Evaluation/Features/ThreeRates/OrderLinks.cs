using System.Globalization;
using Jiesu.Evaluation.Domain;
using Microsoft.AspNetCore.WebUtilities;

namespace Jiesu.Evaluation.Features.ThreeRates;

/// <summary>下钻地址: for each counted figure the order list that shows exactly its rows. Days are Beijing days, both included.</summary>
internal static class OrderLinks
{
    private const string Api = "/api/v1/orders";

    /// <param name="rows">Filters that single out the row of the table: unit, class or kind of unit; none for all orders.</param>
    public static IReadOnlyDictionary<string, string> Of(AssessmentPeriod period, params IReadOnlyList<(string Name, string Value)> rows) =>
        Figure.All.ToDictionary(f => f.Name, f => Address([.. rows, .. Window(period, f), .. f.Filter]));

    /// <summary>The page with the same filters.</summary>
    public static string Page(string address) => "/orders" + address[Api.Length..];

    private static IEnumerable<(string Name, string Value)> Window(AssessmentPeriod period, Figure figure) => figure.ByClosing
        ? [("closedFrom", Day(period.ClosedFirstDay)), ("closedTo", Day(period.LastDay))]
        : [("from", Day(period.FirstDay)), ("to", Day(period.LastDay))];

    private static string Address(IEnumerable<(string Name, string Value)> query) =>
        QueryHelpers.AddQueryString(Api, query.Select(q => KeyValuePair.Create(q.Name, (string?)q.Value)));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
