using System.Globalization;
using Jiesu.Intelligence.Contracts;

namespace Jiesu.Host.Commands;

/// <summary>train: learns the classes again from the orders that people classified; running nodes take the new model by themselves.</summary>
internal static class Train
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Composition.Build(Composition.CreateBuilder(args));
        await using var scope = app.Services.CreateAsyncScope();
        var model = await scope.ServiceProvider.GetRequiredService<IModelTraining>().TrainAsync(CancellationToken.None);
        var accuracy = model.Accuracy?.ToString("P1", CultureInfo.InvariantCulture) ?? "样本太少，未评估";
        Console.WriteLine($"模型 {model.Version}：样本 {model.Samples}，分类 {model.Classes}，留出准确率 {accuracy}。");
        return 0;
    }
}
