using Jiesu.Orders.Domain;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace Jiesu.Tests.Scope;

/// <summary>One method at one address of the running house. What its parts may be is told by the word before them: <c>orders/id</c>.</summary>
internal sealed record Door(string Method, RoutePattern Pattern)
{
    private static readonly string[] Actions = [.. Enum.GetValues<OrderAction>().Select(a => a.Wire())];

    /// <summary>Parts that name a marked order or something of it.</summary>
    private static readonly Dictionary<string, Func<MarkedOrder, string>> OfOrders = new()
    {
        ["orders/id"] = o => o.Id,
        ["desk/id"] = o => o.Id,
        ["held/id"] = o => o.Id,
        ["attachments/attachmentId"] = o => o.Attachment,
        ["files/attachmentId"] = o => o.Attachment,
        ["callbacks/id"] = o => o.CallbackTask,
        ["imports/id"] = o => o.Import,
        ["import/id"] = o => o.Import,
        ["notices/id"] = o => o.Notice,
        ["urge/id"] = o => o.Id,
    };

    private const string Nobodys = "0197c9d4-0000-7000-8000-00000000dead";

    /// <summary>Parts that are the same for everybody.</summary>
    private static readonly Dictionary<string, Func<MarkedDistrict, IReadOnlyList<string>>> ForAll = new()
    {
        ["actions/action"] = _ => Actions,
        ["act/action"] = _ => ["accept", "dispatch", "submit-reply", "pre-callback", "cancel", "merge"],
        ["people/id"] = d => [d.Person],
        ["roles/code"] = _ => ["UC"],
        ["catalog/table"] = _ => ["reasons", "directory", "time-limits", "forms"],
        ["catalog/code"] = _ => ["RTN-01"],
        ["dictionaries/name"] = _ => ["channels"],
        ["uploads/uploadId"] = _ => [new string('0', 32)],          // a session is its maker's alone: ResumeUploadTests
        ["bulk/action"] = _ => ["accept", "dispatch", "merge"],
        ["bulk/run"] = _ => [Nobodys],                              // a run is for whoever began it: BulkTests
        ["whistles/whistleId"] = _ => [Nobodys],                    // whistles: SupervisionTests
        ["devices/deviceId"] = _ => [Nobodys],                      // a device is its person's alone: ChannelTests
        ["marks/markId"] = _ => [Nobodys],                          // marks of recordings: OrderAttachmentsTests
        ["aliases/id"] = _ => [Nobodys],                             // aliases are of the whole district: AddressesTests
        ["words/id"] = _ => [Nobodys],                              // the dictionary is of the whole district: WordsTests
        ["new/id"] = _ => [Nobodys],                                // candidates, too
        ["units/code"] = _ => ["NO-UNIT"],
        ["rules/id"] = _ => [Nobodys],                              // a rule is the district's: AutoDispatchTests
        ["events/id"] = _ => [Nobodys],                             // whose orders are out of scope: MassEventTests
        ["events/deed"] = _ => ["end"],
        ["rules/deed"] = _ => ["approve"],
        ["models/version"] = _ => ["no-model"],                     // a model is the house's: UseModelTests
        ["openapi/documentName"] = _ => ["v1"],
        ["/path"] = _ => ["nothing.txt"],
    };

    public bool IsRead => Method == "GET";
    public bool IsApi => Pattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal);
    public bool TakesFiles => Pattern.RawText!.Split('/')[^1] is "attachments" or "imports" or "files";

    /// <summary>How many of its parts name something of an order.</summary>
    public int Depth => Parts().Count(OfOrders.ContainsKey);

    public override string ToString() => $"{Method} {Pattern.RawText}";

    /// <summary>All that are open, files that anybody may have aside.</summary>
    public static IReadOnlyList<Door> Of(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => new Door(m, e.RoutePattern)))
            .Where(d => d.Method is not ("HEAD" or "OPTIONS")),
    ];

    /// <summary>What is missing in the tables above; null when the door can be walked through.</summary>
    public string? Unknown() => Parts().FirstOrDefault(p => !OfOrders.ContainsKey(p) && !ForAll.ContainsKey(p)) is { } part
        ? $"{this}: say in Door.OfOrders or Door.ForAll what {part} stands for."
        : null;

    /// <summary>Addresses that lead to the order; or, at a deeper door, to the first order and what the last one has below it.</summary>
    public IReadOnlyList<string> Addresses(MarkedDistrict district, MarkedOrder order, MarkedOrder? last = null)
    {
        IEnumerable<string> addresses = [""];
        var (word, depth) = ("", 0);
        foreach (var segment in Pattern.PathSegments)
        {
            addresses = addresses.Select(a => a + "/");
            foreach (var part in segment.Parts)
            {
                var values = part switch
                {
                    RoutePatternLiteralPart literal => [word = literal.Content],
                    RoutePatternSeparatorPart separator => [separator.Content],
                    RoutePatternParameterPart p when OfOrders.TryGetValue($"{word}/{p.Name}", out var of) => [of(++depth == Depth ? last ?? order : order)],
                    RoutePatternParameterPart p => ForAll[$"{word}/{p.Name}"](district),
                    _ => throw new InvalidOperationException($"{this} has a part of an unknown kind."),
                };
                addresses = addresses.SelectMany(a => values.Select(v => a + v));
            }
        }

        return [.. addresses.Select(a => a.Length == 0 ? "/" : a)];
    }

    private IEnumerable<string> Parts()
    {
        var word = "";
        foreach (var part in Pattern.PathSegments.SelectMany(s => s.Parts))
        {
            if (part is RoutePatternParameterPart parameter)
            {
                yield return $"{word}/{parameter.Name}";
            }

            word = part is RoutePatternLiteralPart literal ? literal.Content : word;
        }
    }
}
