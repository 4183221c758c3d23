using System.Globalization;
using Jiesu.Intelligence.Contracts;

namespace Jiesu.Host.Commands;

/// <summary>
/// train: learns the classes again from the orders that people classified; with <c>--addresses FILE</c> (CoNLL), the elements of addresses. Running nodes take the new model by themselves.
/// </summary>
internal static class Train
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (Array.IndexOf(args, "--addresses") is var at and >= 0)
        {
            return at + 1 < args.Length && File.Exists(args[at + 1]) ? await TrainAddressesAsync(args[at + 1], [.. args[..at], .. args[(at + 2)..]]) : NoFile();
        }

        await using var app = Composition.Build(Composition.CreateBuilder(args));
        await using var scope = app.Services.CreateAsyncScope();
        var model = await scope.ServiceProvider.GetRequiredService<IModelTraining>().TrainAsync(CancellationToken.None);
        var accuracy = model.Accuracy?.ToString("P1", CultureInfo.InvariantCulture) ?? "样本太少，未评估";
        Console.WriteLine($"模型 {model.Version}：样本 {model.Samples}，分类 {model.Classes}，留出准确率 {accuracy}。");
        return 0;
    }

    private static async Task<int> TrainAddressesAsync(string file, string[] args)
    {
        await using var app = Composition.Build(Composition.CreateBuilder(args));
        var learned = app.Services.GetRequiredService<IAddressTraining>().Train(file, CancellationToken.None);
        Console.WriteLine(learned > 0 ? $"地址要素模型已训练：标注地址 {learned} 条。" : "文件中没有标注地址，模型未改变。");
        return learned > 0 ? 0 : 2;
    }

    private static int NoFile()
    {
        Console.Error.WriteLine("用法：train --addresses 文件（CoNLL：每行一个字和标签，地址之间空一行）");
        return 2;
    }
}
