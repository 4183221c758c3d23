using System.Globalization;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>列类型.</summary>
public enum ColumnKind
{
    /// <summary>Also for ids, phones, dates: digits stay letter by letter.</summary>
    Text,

    /// <summary>A measured number.</summary>
    Number,

    /// <summary>In percent, as on the screen: 96.5 is stored as 96.5 and shown as 96.50%.</summary>
    Percent,
}

/// <summary>导出列: a title and where its value comes from.</summary>
public sealed class SpreadsheetColumn<T>
{
    private readonly Func<T, string?>? _text;
    private readonly Func<T, decimal?>? _number;

    public SpreadsheetColumn(string title, Func<T, string?> text) => (Title, Kind, _text) = (title, ColumnKind.Text, text);

    public SpreadsheetColumn(string title, Func<T, decimal?> number, ColumnKind kind = ColumnKind.Number) => (Title, Kind, _number) = (title, kind, number);

    public string Title { get; }
    public ColumnKind Kind { get; }

    /// <summary>The value as it is written; empty when there is none.</summary>
    internal string Of(T row) => _text is null ? _number!(row)?.ToString(CultureInfo.InvariantCulture) ?? "" : _text(row) ?? "";
}
