using Jiesu.Catalog.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>夜间备好地址解析: makes the parser of today's places in the hour of learning, so that no advice has to wait for it. All nodes read it from the data folder.</summary>
internal sealed class MakeParser(ICatalogue catalogue, AddressParsers parsers, IOptions<IntelligenceSettings> settings, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    public async Task RunAsync(CancellationToken ct)
    {
        if (clock.GetUtcNow().ToBeijing().Hour == settings.Value.RetrainHour)
        {
            var places = (await catalogue.GetAsync(ct)).Places;
            await Task.Run(() => parsers.Make(places), ct);
        }
    }
}
