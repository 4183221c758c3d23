using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Scope;

/// <summary>
/// SEC-18, SEC-20: every door of the house, by everyone, to everything. A new route joins by itself; what it cannot be asked for without help is told to
/// <see cref="Door"/>.
/// </summary>
public sealed class ScopeMatrixTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Through_no_door_does_anyone_get_a_word_of_an_order_out_of_scope(Database database)
    {
        await using var district = await MarkedDistrict.BeginAsync(database);
        var doors = Door.Of(district.App.Services.GetRequiredService<EndpointDataSource>());
        List<string> faults = [.. doors.Select(d => d.Unknown()).OfType<string>()];

        foreach (var walker in district.Walkers)
        {
            var walk = await Walk.BeginAsync(district, walker);
            foreach (var door in doors.Where(d => d.Unknown() is null).OrderByDescending(d => d.IsRead))
            {
                await walk.ThroughAsync(door);
            }

            faults.AddRange(walk.Faults.Concat(walk.NeverSeen.Select(s => $"{walker.Name} should see {s} somewhere, and did not: nothing is proved about it.")));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
