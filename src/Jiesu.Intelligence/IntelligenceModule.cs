using Jiesu.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence;

/// <summary>智能服务.</summary>
public sealed class IntelligenceModule : IModule
{
    public static void AddServices(IServiceCollection services) { }
}
