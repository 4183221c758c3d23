using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jiesu.Platform.Files;

/// <summary>文件参数 under <c>Jiesu:Files</c>; checked at start.</summary>
public sealed record FileSettings
{
    public const string Section = "Jiesu:Files";

    /// <summary>查毒服务 clamd, <c>host:port</c>; null: files are not scanned.</summary>
    [RegularExpression(@"^[^\s:]+:\d{1,5}$")]
    public string? ClamAv { get; init; }
}

/// <summary>What a module needs to take files in.</summary>
public static class FileServices
{
    public static IServiceCollection AddFileInspection(this IServiceCollection services)
    {
        services.AddOptions<FileSettings>().BindConfiguration(FileSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<Pictures>().AddSingleton<Inspection>().AddSingleton(sp => Scanner(sp.GetRequiredService<IOptions<FileSettings>>().Value.ClamAv));
    }

    private static IVirusScan Scanner(string? address) => address?.Split(':') is [var host, var port]
        ? new ClamAv(host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture))
        : new NoScan();
}
