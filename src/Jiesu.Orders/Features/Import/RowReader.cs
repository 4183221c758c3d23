using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Spreadsheets;

namespace Jiesu.Orders.Features.Import;

/// <summary>读行: makes a new order of a row, or says why it cannot be one. What an order may be, intake decides as for every other door.</summary>
internal sealed class RowReader(IReadOnlyList<string> header, ImportMapping mapping)
{
    private const string DefaultChannel = "批量导入";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly ImportField?[] _fields = [.. header.Select(c => mapping.Fields.TryGetValue(c, out var name) ? ImportField.Of(name) : null)];

    /// <param name="Problem">Null when there is an order.</param>
    internal sealed record ReadRow(int Number, IncomingOrder? Order, string? Problem);

    public ReadRow Read(SpreadsheetRow row)
    {
        var order = new NewOrder();
        var extra = new Dictionary<string, string>();
        List<string> problems = [.. row.ImpreciseColumns.Select(c => $"“{TitleOf(c)}”列的数字超过 15 位，末位已不准确。请在表格中把该列设为文本并重新填写")];
        foreach (var (i, cell) in row.Cells.Index())
        {
            var text = cell.Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (FieldOf(i) is not { } field)
            {
                extra[TitleOf(i)] = cell;
            }
            else if (field.Put(order, text) is { } more)
            {
                order = more;
            }
            else
            {
                problems.Add($"{field.Label}：“{Short(text)}”无法识别，{field.Expected}");
            }
        }

        return problems.Count > 0
            ? new(row.Number, null, string.Join("；", problems))
            : new(row.Number, new(order with { Channel = order.Channel ?? DefaultChannel }, extra.Count == 0 ? null : JsonSerializer.Serialize(extra, Readable), IsFromFile: true), null);
    }

    /// <summary>A refusal of intake in the words of the file.</summary>
    public static string Explain(Error error) =>
        error.Fields.Count == 0 ? error.Message : string.Join("；", error.Fields.Select(f => $"{ImportField.LabelOf(f.Key)}：{string.Join("", f.Value)}"));

    private ImportField? FieldOf(int column) => column < _fields.Length ? _fields[column] : null;

    private string TitleOf(int column) => column < header.Count ? header[column] : $"第{column + 1}列";

    private static string Short(string text) => text.Length <= 20 ? text : text[..20] + "…";
}
