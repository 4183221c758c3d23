using System.ComponentModel.DataAnnotations;
using Jiesu.Intelligence.Contracts;

namespace Jiesu.Intelligence.Features.Language;

/// <summary>大模型参数 under <c>Jiesu:LanguageModel</c>; checked at start. Off until an operator says otherwise.</summary>
internal sealed record LanguageSettings : IValidatableObject
{
    public const string Section = "Jiesu:LanguageModel";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>启用.</summary>
    public bool Enabled { get; init; }

    /// <summary>服务地址 of an OpenAI-compatible server, with its path: <c>http://10.0.0.8:8000/v1</c>. Nothing is sent anywhere else.</summary>
    public string? Endpoint { get; init; }

    /// <summary>模型名称 as the server knows it.</summary>
    [StringLength(100)]
    public string? Model { get; init; }

    /// <summary>密钥文件, readable by its owner only; null for a server that asks for none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>时限, seconds for a whole answer.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 8;

    /// <summary>输出上限, tokens of an answer.</summary>
    [Range(16, 8_000)]
    public int MaxOutputTokens { get; init; } = 1_000;

    /// <summary>输入单价, yuan a million tokens.</summary>
    [Range(0, 100_000)]
    public double PricePerMillionInput { get; init; }

    /// <summary>输出单价, yuan a million tokens.</summary>
    [Range(0, 100_000)]
    public double PricePerMillionOutput { get; init; }

    /// <summary>启用的任务, separated by commas.</summary>
    public string Tasks { get; init; } = "Extract,Rank,Reply,Summary";

    /// <summary>每分钟工单数 that are asked about in the background after intake.</summary>
    [Range(1, 600)]
    public int MostPerMinute { get; init; } = 20;

    public bool Does(LanguageTask task) => Enabled && Names.Contains(task.ToString(), StringComparer.Ordinal);

    /// <summary>费用, millionths of a yuan.</summary>
    public long CostOf(long input, long output) => (long)Math.Round((input * PricePerMillionInput) + (output * PricePerMillionOutput));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var unknown in Names.Where(n => !Enum.GetNames<LanguageTask>().Contains(n, StringComparer.Ordinal)))
        {
            yield return Wrong(nameof(Tasks), $"there is no task called \"{unknown}\"");
        }

        if (!Enabled)
        {
            yield break;
        }

        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            yield return Wrong(nameof(Endpoint), "must be an http or https address without a name or password in it");
        }

        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return Wrong(nameof(Model), "must name the model");
        }

        if (KeyFile is not null && !File.Exists(KeyFile))
        {
            yield return Wrong(nameof(KeyFile), "names a file that is not there");
        }
        else if (KeyFile is not null && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(KeyFile) & Others) != 0)
        {
            yield return Wrong(nameof(KeyFile), "is open to others: chmod 600, and ask for another key if others may have read it");
        }
    }

    private string[] Names => Tasks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static ValidationResult Wrong(string name, string what) => new($"{Section}:{name}: {what}.", [name]);
}
