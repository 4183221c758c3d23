using System.IO.Compression;
using System.Text;
using CsCheck;

namespace Jiesu.Platform.Spreadsheets;

public sealed class SpreadsheetWriterTests
{
    private sealed record Unit(string Name, decimal? Received, decimal? Rate);

    private static readonly SpreadsheetColumn<Unit>[] Columns =
        [new("单位", x => x.Name), new("受理量", x => x.Received), new("响应率（%）", x => x.Rate, ColumnKind.Percent)];

    [Theory, InlineData(SpreadsheetFormat.Xlsx), InlineData(SpreadsheetFormat.Csv)]
    public async Task What_is_exported_reads_back_letter_by_letter(SpreadsheetFormat format)
    {
        string[] names = ["110101199001011234", "+8613812345678", "-5", "=1+1", "'=1", "＠SUM(A1)", "\tx", "\r\ny", "a,\"b\";c", " 空格 ", "𠮷😀", "_x0041_", "'"];

        var file = await WriteAsync(format, [.. names.Select(n => new Unit(n, null, null)), new("方庄街道", 12, 96.5m)]);

        using var sheet = SpreadsheetReader.Open(new MemoryStream(file)).Value;
        Assert.Equal(["单位", "受理量", "响应率（%）"], sheet.Header);
        Assert.Equal([.. names, "方庄街道"], sheet.Rows().Select(r => r.Cells[0]));
        Assert.Equal(["方庄街道", "12", "96.5"], sheet.Rows().Last().Cells);
    }

    [Fact]
    public Task Any_text_survives_a_workbook_but_for_lone_surrogates() => Gen.String[Gen.Char, 1, 20].Where(s => !string.IsNullOrWhiteSpace(s)).SampleAsync(async text =>
    {
        var file = await WriteAsync(SpreadsheetFormat.Xlsx, [new(text, 1, null)]);
        using var sheet = SpreadsheetReader.Open(new MemoryStream(file)).Value;
        return sheet.Rows().Single().Cells[0] == Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text));
    }, iter: 200);

    [Fact]
    public async Task No_cell_of_a_csv_starts_as_a_formula()
    {
        var file = await WriteAsync(SpreadsheetFormat.Csv, [new("=1+1", -5, null), new("\0x", null, null), new("＋1", null, null)]);

        Assert.Equal("\uFEFF单位,受理量,响应率（%）\r\n'=1+1,-5,\r\n'\0x,,\r\n'＋1,,\r\n", Encoding.UTF8.GetString(file));
    }

    [Fact]
    public async Task A_workbook_types_ids_as_text_and_measures_as_numbers()
    {
        var file = await WriteAsync(SpreadsheetFormat.Xlsx, [new("=1+1", 12, 96.5m)]);

        using var zip = new ZipArchive(new MemoryStream(file));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("""<c s="2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c s="3"><v>12</v></c><c s="4"><v>96.5</v></c>""", xml, StringComparison.Ordinal);
    }

    private static async Task<byte[]> WriteAsync(SpreadsheetFormat format, IEnumerable<Unit> rows)
    {
        using var file = new MemoryStream();
        await SpreadsheetWriter.WriteAsync(format, file, Columns, rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return file.ToArray();
    }
}
