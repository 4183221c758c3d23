using Jiesu.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Callback;

/// <summary>回访.</summary>
public sealed class CallbackModule : IModule
{
    public static void AddServices(IServiceCollection services) { }
}
