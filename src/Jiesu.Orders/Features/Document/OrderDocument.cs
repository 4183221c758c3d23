namespace Jiesu.Orders.Features.Document;

/// <summary>工单全文: what is printed, before it is known on what.</summary>
/// <param name="Watermark">Who took it, of which unit, and when; on each page.</param>
internal sealed record OrderDocument(string CaseNo, string Title, string Watermark, IReadOnlyList<DocumentSection> Sections);

/// <summary>章节: paragraphs, and then a table; either may be empty.</summary>
internal sealed record DocumentSection(string Heading, IReadOnlyList<string> Paragraphs, DocumentTable? Table = null);

/// <summary>表格.</summary>
/// <param name="Columns">Heading and share of the width.</param>
internal sealed record DocumentTable(IReadOnlyList<(string Title, int Share)> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public int Shares => Columns.Sum(c => c.Share);
}
