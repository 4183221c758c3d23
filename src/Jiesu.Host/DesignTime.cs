using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Jiesu.Host;

/// <summary>Lets <c>dotnet ef</c> write both migration sets without a running server: <c>… -- --postgres</c> for the second.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<JiesuDb>
{
    public JiesuDb CreateDbContext(string[] args)
    {
        var main = args.Contains("--postgres") ? "Host=design;Database=design" : "Data Source=design.db";
        var services = new ServiceCollection();
        Composition.Modules().AddServices(services);
        services.AddSingleton<WriterGate>().AddSingleton<Jiesu.Platform.Events.OutboxBell>();
        var options = new DbContextOptionsBuilder<JiesuDb>();
        options.UseJiesu(main, ".").WithHouse(services.BuildServiceProvider());
        return new JiesuDb(options.Options);
    }
}
