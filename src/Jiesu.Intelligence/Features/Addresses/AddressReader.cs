using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Address;
using Jiesu.Intelligence.Features.Advise;
using Jiesu.Intelligence.Features.Words;

namespace Jiesu.Intelligence.Features.Addresses;

/// <summary>试解析: what the parser and the advice make of an address. Nothing of it is kept.</summary>
internal sealed class AddressReader(ICatalogue catalogue, AddressParsers parsers, DayTools tools, Aliases aliases, WordBook words)
{
    public async Task<ShowAddresses.Parsed> ReadAsync(string address, CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        var plain = PlainText.Of(address);
        var elements = new List<ShowAddresses.Element>();
        var start = 0;
        var parser = parsers.Ready(day);
        foreach (var (kind, text) in parser?.Parse(address) ?? [])
        {
            elements.Add(new(kind, text, start, start + text.Length));
            start += text.Length;
        }

        return new(plain, parser is null, elements, tools.For(day, await aliases.GetAsync(ct), await words.GetAsync(ct)).Locator.Locate(address, "", town: null));
    }
}
