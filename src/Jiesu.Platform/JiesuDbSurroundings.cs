using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Platform;

/// <summary>
/// What a <see cref="JiesuDb"/> needs of the house. It travels with the options, because a context from the pool is made of options only; and the pool is worth it:
/// a tenth of what an order costs was setting up the context that stores it.
/// </summary>
internal sealed class JiesuDbSurroundings(IReadOnlyList<IModelPart> parts, WriterGate gate, OutboxBell bell) : IDbContextOptionsExtension
{
    public IReadOnlyList<IModelPart> Parts => parts;
    public WriterGate Gate => gate;
    public OutboxBell Bell => bell;
    public DbContextOptionsExtensionInfo Info => new Nothing(this);

    public void ApplyServices(IServiceCollection services)
    {
        // the framework's own services stay as they are
    }

    public void Validate(IDbContextOptions options)
    {
        // made by us, complete
    }

    /// <summary>Nothing here changes the framework's services, so all contexts share them.</summary>
    private sealed class Nothing(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;
        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is Nothing;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
            // nothing to tell
        }
    }
}
