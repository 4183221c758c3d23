using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Import;

/// <summary>列对应: which column becomes which field; columns that are not named here are kept as extra text.</summary>
internal sealed record ImportMapping(IReadOnlyDictionary<string, string> Fields)
{
    private static readonly string[] Needed = ["title", "content"];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>JSON <c>{column: field}</c>; a field that is null or empty leaves its column unmapped.</summary>
    public static Result<ImportMapping> Read(string json)
    {
        try
        {
            var fields = JsonSerializer.Deserialize<Dictionary<string, string?>>(json) ?? [];
            return new ImportMapping(fields.Where(f => !string.IsNullOrWhiteSpace(f.Value)).ToDictionary(f => f.Key.Trim(), f => f.Value!.Trim()));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return Wrong("列对应须是 JSON 对象：{\"列名\": \"字段\"}。");
        }
    }

    /// <summary>As it was stored: it was checked then.</summary>
    public static ImportMapping Stored(string json) => new(JsonSerializer.Deserialize<Dictionary<string, string>>(json)!);

    /// <summary>自动识别: by the names that columns bear in Chinese and English files.</summary>
    public static ImportMapping Guess(IReadOnlyList<string> header)
    {
        var known = new Dictionary<string, string>();
        foreach (var column in header)
        {
            known.TryAdd(Plain(column), column);
        }

        var fields = new Dictionary<string, string>();
        foreach (var field in ImportField.All)
        {
            if (field.Titles.Select(t => known.GetValueOrDefault(Plain(t))).FirstOrDefault(c => c is not null && !fields.ContainsKey(c)) is { } column)
            {
                fields[column] = field.Name;
            }
        }

        return new(fields);
    }

    /// <summary>What of it a file with this header can use.</summary>
    public ImportMapping Fit(IReadOnlyList<string> header) => new(Fields.Where(f => header.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value));

    /// <summary>Why it cannot be used for a file with this header; null when it can.</summary>
    public Error? Refuses(IReadOnlyList<string> header) =>
        Fields.Keys.FirstOrDefault(c => !header.Contains(c)) is { } column ? Wrong($"文件里没有“{column}”这一列。请按表头重新指定各列。")
        : Fields.Values.FirstOrDefault(f => ImportField.Of(f) is null) is { } unknown ? Wrong($"没有“{unknown}”这个字段。可用的字段：{string.Join("、", ImportField.All.Select(f => f.Name))}。")
        : Fields.Values.GroupBy(f => f).FirstOrDefault(g => g.Count() > 1) is { } twice ? Wrong($"“{ImportField.LabelOf(twice.Key)}”对应了几列，请只留一列。")
        : Needed.FirstOrDefault(f => !Fields.Values.Contains(f)) is { } missing ? Wrong($"请指定哪一列是“{ImportField.LabelOf(missing)}”。")
        : null;

    public string ToJson() => JsonSerializer.Serialize(Fields, Readable);

    public static Error Wrong(string message) => new(ErrorKind.Invalid, "import.mapping", message, "mapping");

    /// <summary>Letters and digits alone, in one case: <c>Order_No</c> and 街道(镇) are known too.</summary>
    private static string Plain(string title) => string.Concat(title.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
