namespace Jiesu.Platform.Spreadsheets;

/// <summary>表格限额: what a file may cost us, whatever it claims to be.</summary>
public sealed record SpreadsheetLimits
{
    public static SpreadsheetLimits Default { get; } = new();

    /// <summary>Bytes of the file as sent.</summary>
    public long FileBytes { get; init; } = 100L << 20;

    /// <summary>Rows with content, without the header.</summary>
    public int Rows { get; init; } = 200_000;

    public int Columns { get; init; } = 200;

    /// <summary>Characters; the most that Excel itself keeps in a cell.</summary>
    public int CellLength { get; init; } = 32_767;

    /// <summary>Files inside a workbook.</summary>
    public int Parts { get; init; } = 2_000;

    /// <summary>Bytes of one unpacked part of a workbook.</summary>
    public long PartBytes { get; init; } = 512L << 20;

    /// <summary>Unpacked to packed, judged above 10 MB.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Characters of all shared texts of a workbook, which must be held in memory.</summary>
    public int SharedText { get; init; } = 64 << 20;
}
