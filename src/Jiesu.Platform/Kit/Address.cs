using Microsoft.AspNetCore.WebUtilities;

namespace Jiesu.Platform.Kit;

/// <summary>Addresses whose query is changed: filters, pages and sorting live in the URL.</summary>
public static class Address
{
    /// <summary>The same address with these query values; null or empty takes one out.</summary>
    public static string With(string url, params IEnumerable<(string Name, string? Value)> changes)
    {
        var (path, query) = url.Split('?', 2) is [var p, var q] ? (p, q) : (url, "");
        var values = QueryHelpers.ParseQuery(query).ToDictionary(x => x.Key, x => (string?)x.Value);
        foreach (var (name, value) in changes)
        {
            values[name] = value;
        }

        return QueryHelpers.AddQueryString(path, values.Where(x => !string.IsNullOrEmpty(x.Value)));
    }
}
