namespace Jiesu.Platform.Spreadsheets;

/// <summary>Why a file is not read; each says what the sender can do.</summary>
internal static class SpreadsheetErrors
{
    public static Error Empty() => Refuse(ErrorKind.Invalid, "empty", "文件里没有内容。请选择至少有一行表头的表格。");
    public static Error OldWorkbook() => Refuse(ErrorKind.Unsupported, "old_workbook", "这是旧版 Excel 文件（.xls）。请用 Excel 或 WPS 打开后另存为 .xlsx，再上传。");
    public static Error Encrypted() => Refuse(ErrorKind.Unsupported, "encrypted", "文件设有打开密码。请取消密码后另存为 .xlsx，再上传。");
    public static Error NotAWorkbook() => Refuse(ErrorKind.Unsupported, "not_a_workbook", "这个压缩文件不是 Excel 工作簿。请上传 .xlsx 或 .csv 文件。");
    public static Error NotText() => Refuse(ErrorKind.Unsupported, "not_text", "文件既不是 Excel 工作簿，也不是文本表格。请另存为 .xlsx，或 UTF-8、GB18030 编码的 .csv。");
    public static Error Markup() => Refuse(ErrorKind.Unsupported, "markup", "这是网页或 XML 文件，只是改了扩展名。请用 Excel 或 WPS 打开后另存为 .xlsx，再上传。");
    public static Error Damaged() => Refuse(ErrorKind.Invalid, "damaged", "文件已损坏或不完整。请重新导出或另存后再上传。");
    public static Error Bomb() => Refuse(ErrorKind.TooLarge, "bomb", "工作簿解压后异常庞大，已拒绝读取。请把数据粘贴到新工作簿后再上传。");
    public static Error TooBig(long bytes) => Refuse(ErrorKind.TooLarge, "too_big", $"文件超过 {bytes >> 20} MB。请拆分成几个文件后再上传。");
    public static Error TooManyRows(int rows) => Refuse(ErrorKind.TooLarge, "too_many_rows", $"数据超过 {rows} 行。请拆分成几个文件后再上传。");
    public static Error TooManyColumns(int row, int columns) => Refuse(ErrorKind.TooLarge, "too_many_columns", $"第 {row} 行超过 {columns} 列。请删去不需要的列后再上传。");
    public static Error CellTooLong(int length) => Refuse(ErrorKind.TooLarge, "cell_too_long", $"有单元格超过 {length} 个字。请缩短后再上传；若为 CSV 文件，请检查引号是否成对。");
    public static Error TooMuchText() => Refuse(ErrorKind.TooLarge, "too_much_text", "工作簿的文字总量过大。请拆分成几个文件后再上传。");

    private static Error Refuse(ErrorKind kind, string code, string message) => new(kind, "sheet." + code, message, "file");
}

/// <summary>Carries a refusal out of the depth of a parser to <see cref="SpreadsheetReader"/>, which alone catches it.</summary>
internal sealed class SpreadsheetRefusedException(Error error) : Exception(error.Code)
{
    public Error Error { get; } = error;
}
