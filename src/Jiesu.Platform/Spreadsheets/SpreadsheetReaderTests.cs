using System.IO.Compression;
using System.Text;

namespace Jiesu.Platform.Spreadsheets;

public sealed class SpreadsheetReaderTests
{
    static SpreadsheetReaderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("GB18030", false)]
    [InlineData("utf-16", true)]
    public void A_csv_is_read_in_the_encoding_it_was_written_in(string encoding, bool withMark)
    {
        var text = Encoding.GetEncoding(encoding);
        byte[] file = [.. withMark ? text.GetPreamble() : [], .. text.GetBytes("编号,内容\r\n110101199001011234,䶮路\r\n")];

        using var sheet = Read(file);

        Assert.Equal(["编号", "内容"], sheet.Header);
        Assert.Equal(["110101199001011234", "䶮路"], Assert.Single(sheet.Rows()).Cells);
    }

    [Theory]
    [InlineData("a,b;b\n1,2", "a|b;b", "1|2")]
    [InlineData("a;b\n1,5;2", "a|b", "1,5|2")]
    [InlineData("a\tb\n1\t2", "a|b", "1|2")]
    [InlineData("a,b\n\"行\n一,\"\"引\"\"\",2", "a|b", "行\n一,\"引\"|2")]
    [InlineData("\n\na,a,\n1,2,3", "a|a (2)", "1|2|3")]
    [InlineData("a,b,c\n1", "a|b|c", "1||")]
    [InlineData("a,b\n'=1+1,'＝1", "a|b", "=1+1|＝1")]
    public void A_csv_may_separate_quote_and_break_as_it_likes(string text, string header, string row)
    {
        using var sheet = Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(header.Split('|'), sheet.Header);
        Assert.Equal(row.Split('|'), Assert.Single(sheet.Rows()).Cells);
    }

    [Fact]
    public void Rows_bear_the_number_that_Excel_shows()
    {
        using var sheet = Read("编号\n1\n\n\"二\n行\"\n4\n"u8.ToArray());

        Assert.Equal([2, 4, 5], sheet.Rows().Select(r => r.Number));
        Assert.Equal(3, sheet.RowCount);
    }

    [Fact]
    public void A_workbook_gives_what_a_person_sees_in_it()
    {
        using var sheet = Read(Workbook(
            """
            <row r="1"><c r="A1" t="s"><v>0</v></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>街道</t></is></c><c r="B2" t="inlineStr"><is><t>时间</t></is></c><c r="C2" t="inlineStr"><is><t>值</t></is></c></row>
            <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>43510.833333333336</v></c><c r="C3"><v>0.10</v></c></row>
            <row r="5"><c r="A5"/><c r="B5" s="2"><v>43510</v></c><c r="C5" t="b"><v>1</v></c></row>
            <row r="6"><c r="B6" s="1"><v>0.5</v></c><c r="C6"><f>1+1</f><v>1.1010119900101123E+17</v></c></row>
            """,
            merged: """<mergeCell ref="A1:C1"/><mergeCell ref="A3:A5"/>"""));

        Assert.Equal(["街道", "时间", "值"], sheet.Header);
        Assert.Equal(3, sheet.RowCount);
        var rows = sheet.Rows().ToArray();
        Assert.Equal(["方庄_街道", "2019-02-14 20:00:00", "0.10"], rows[0].Cells);
        Assert.Equal(["方庄_街道", "2019-02-14 00:00:00", "TRUE"], rows[1].Cells);
        Assert.Equal(["", "12:00:00", "1.1010119900101123E+17"], rows[2].Cells);
        Assert.Equal([3, 5, 6], rows.Select(r => r.Number));
        Assert.Equal([[], [], [2]], rows.Select(r => r.ImpreciseColumns));
    }

    [Fact]
    public void A_file_that_is_no_table_is_refused_with_advice()
    {
        var random = new byte[4096];
        new Random(1).NextBytes(random);
        byte[] noise = [0x81, .. random.Where(b => b != 0)];
        byte[] old = [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600]];

        Assert.Equal("sheet.empty", Refused([]));
        Assert.Equal("sheet.empty", Refused("\r\n\r\n"u8.ToArray()));
        Assert.Equal("sheet.not_text", Refused(random));
        Assert.Equal("sheet.not_text", Refused(noise));
        Assert.Equal("sheet.old_workbook", Refused(old));
        Assert.Equal("sheet.encrypted", Refused([.. old, .. Encoding.Unicode.GetBytes("EncryptedPackage")]));
        Assert.Equal("sheet.markup", Refused("<table><tr><td>编号</td></tr></table>"u8.ToArray()));
        Assert.Equal("sheet.not_a_workbook", Refused(Zip(("word/document.xml", "<document/>"))));
        Assert.Equal("sheet.damaged", Refused("PK\u0003\u0004cut off"u8.ToArray()));
        Assert.Equal("sheet.damaged", Refused(Workbook("<row><c><v>1</v></row>")));
        Assert.Equal("sheet.damaged", Refused(Workbook("<row><c t=\"s\"><v>9</v></c></row>")));
        Assert.Equal("sheet.damaged", Refused(Workbook("<row/>", before: "<!DOCTYPE x [<!ENTITY a 'a'>]>")));
    }

    [Fact]
    public void A_file_that_would_hurt_us_is_refused()
    {
        var cell = new string('a', 40_000);
        var limits = new SpreadsheetLimits { Rows = 2, Columns = 2, FileBytes = 1_000_000 };

        Assert.Equal("sheet.bomb", Refused(Workbook(new string(' ', 12 << 20))));
        Assert.Equal("sheet.bomb", Refused(Workbook($"<row x=\"{new string('a', 3 << 20)}\"/>")));
        Assert.Equal("sheet.bomb", Refused(Workbook(string.Concat(Enumerable.Repeat("<a>", 100)))));
        Assert.Equal("sheet.bomb", Refused(Workbook(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<a{i}/>")))));
        Assert.Equal("sheet.bomb", Refused(Zip([.. Enumerable.Range(0, 2_001).Select(i => ($"xl/{i}.xml", ""))])));
        Assert.Equal("sheet.damaged", Refused(UnderstateSizes(Workbook(string.Concat(Enumerable.Repeat("<row/>", 9_000))))));
        Assert.Equal("sheet.cell_too_long", Refused(Workbook($"<row><c t=\"inlineStr\"><is><t>{cell}</t></is></c></row>")));
        Assert.Equal("sheet.cell_too_long", Refused(Encoding.UTF8.GetBytes("a,b\n" + cell)));
        Assert.Equal("sheet.cell_too_long", Refused(Encoding.UTF8.GetBytes("a,b\n\"" + new string('\n', 20 << 20))));
        Assert.Equal("sheet.too_many_rows", Refused("a\n1\n2\n3\n"u8.ToArray(), limits));
        Assert.Equal("sheet.too_many_columns", Refused("a\n1,2,3\n"u8.ToArray(), limits));
        Assert.Equal("sheet.too_many_columns", Refused(Workbook("<row><c r=\"C1\"><v>1</v></c></row>"), limits));
        Assert.Equal("sheet.too_big", Refused(new byte[1_000_001], limits));
    }

    private static Spreadsheet Read(byte[] file) => SpreadsheetReader.Open(new MemoryStream(file)).Value;

    private static string? Refused(byte[] file, SpreadsheetLimits? limits = null) => SpreadsheetReader.Open(new MemoryStream(file), limits).Error?.Code;

    private static byte[] Workbook(string rows, string merged = "", string before = "") => Zip(
        ("xl/workbook.xml", """<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet state="hidden" r:id="x"/><sheet r:id="s"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", """<Relationships><Relationship Id="s" Type="t/worksheet" Target="/xl/worksheets/sheet7.xml"/></Relationships>"""),
        ("xl/sharedStrings.xml", """<sst><si><t>汇总表</t></si><si><r><t>方庄</t></r><r><t>_x005F_街道</t></r><rPh><t>fang</t></rPh></si></sst>"""),
        ("xl/styles.xml", """<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;[Red]@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="170"/></cellXfs></styleSheet>"""),
        ("xl/worksheets/sheet7.xml", $"{before}<worksheet><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"));

    private static byte[] Zip(params (string Path, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in parts)
            {
                using var part = zip.CreateEntry(path).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    /// <summary>Makes the directory say that each part unpacks to 600 bytes at most: the lie of a bomb.</summary>
    private static byte[] UnderstateSizes(byte[] zip)
    {
        for (var at = zip.AsSpan().IndexOf("PK\u0001\u0002"u8); at >= 0 && at < zip.Length - 46; at++)
        {
            if (zip.AsSpan(at).StartsWith("PK\u0001\u0002"u8) && BitConverter.ToInt32(zip, at + 24) > 600)
            {
                BitConverter.GetBytes(600).CopyTo(zip, at + 24);
            }
        }

        return zip;
    }
}
