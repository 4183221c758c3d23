namespace Jiesu.Platform.Spreadsheets;

/// <summary>表格行: one row with content.</summary>
/// <param name="Number">As the spreadsheet program shows it: the first row of the file is 1, blank rows count.</param>
/// <param name="Cells">At least as many as the header has; never null.</param>
public sealed record SpreadsheetRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>Cells stored as numbers of 10¹⁵ and more: their last digits were lost before the file reached us.</summary>
    public IReadOnlyList<int> ImpreciseColumns { get; init; } = [];
}
