using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Import;

/// <summary>The door of <see cref="IImports"/>.</summary>
internal sealed class Imports(BeginImport.Handler begin, ReadImport.Handler read, ImportRunner runner, JiesuDb db) : IImports
{
    public Task<Result<ImportView>> BeginAsync(Stream file, string name, ImportChoice choice, Actor actor, CancellationToken ct) =>
        begin.HandleAsync(file, name, choice, actor, ct);

    public async Task<ImportView> WorkAsync(Guid id, IProgress<int>? progress, CancellationToken ct)
    {
        await runner.RunAsync(id, progress, ct);
        return await read.DescribeAsync(await db.Set<OrderImport>().AsNoTracking().SingleAsync(x => x.Id == id, ct), ct);
    }
}
