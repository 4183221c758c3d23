using Jiesu.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Evaluation;

/// <summary>监督评价.</summary>
public sealed class EvaluationModule : IModule
{
    public static void AddServices(IServiceCollection services) { }
}
