using System.Globalization;
using System.Text;
using System.Xml;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>One part of a workbook, read forward only: no DTD, bounded depth, names and text. Elements are known by local name, as strict and transitional workbooks differ in namespaces.</summary>
internal sealed class XmlPart : IDisposable
{
    private const int DeepestElement = 64;

    private readonly XmlReader _xml;
    private readonly int _cellLength;
    private readonly StringBuilder _text = new();
    private readonly char[] _chunk = new char[4096];

    public XmlPart(Stream part, SpreadsheetLimits limits)
    {
        _cellLength = limits.CellLength;
        _xml = XmlReader.Create(part, new XmlReaderSettings
        {
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.PartBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            NameTable = new BoundedNames(),
        });
    }

    public int Depth => _xml.Depth;
    public string Name => _xml.LocalName;
    public bool IsEmpty => _xml.IsEmptyElement;
    public string? this[string attribute] => _xml.GetAttribute(attribute);

    public int? Number(string attribute) => int.TryParse(_xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>An attribute of the relationships namespace, which has two names.</summary>
    public string? Relation(string attribute) =>
        _xml.GetAttribute(attribute, "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        ?? _xml.GetAttribute(attribute, "http://purl.oclc.org/ooxml/officeDocument/relationships");

    /// <summary>The next element anywhere in the part; false at its end.</summary>
    public bool NextElement() => NextElement(-1);

    /// <summary>The next element below the one that stands at this depth; false when that one ends.</summary>
    public bool NextElement(int parent)
    {
        while (Read() && _xml.Depth > parent)
        {
            if (_xml.NodeType == XmlNodeType.Element)
            {
                return true;
            }
        }

        return false;
    }

    public bool NextElement(string name)
    {
        while (NextElement())
        {
            if (Name == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text of this element, counted while it is read.</summary>
    public string ReadText()
    {
        _text.Clear();
        AppendText();
        return Unescaped();
    }

    /// <summary>The text of all runs of a rich text; the phonetic aid (rPh) is none of it.</summary>
    public string ReadRuns()
    {
        _text.Clear();
        var (item, isEmpty) = (Depth, IsEmpty);
        while (!isEmpty && NextElement(item))
        {
            if (Name == "rPh")
            {
                Skip();
            }
            else if (Name == "t")
            {
                AppendText();
            }
        }

        return Unescaped();
    }

    /// <summary>Leaves out all that stands below this element.</summary>
    public void Skip()
    {
        var (depth, isEmpty) = (Depth, IsEmpty);
        while (!isEmpty && Read() && _xml.Depth > depth)
        {
        }
    }

    public void Dispose() => _xml.Dispose();

    private bool Read() => _xml.Read() && (_xml.Depth <= DeepestElement ? true : throw new SpreadsheetRefusedException(SpreadsheetErrors.Bomb()));

    private void AppendText()
    {
        var (depth, isEmpty) = (Depth, IsEmpty);
        while (!isEmpty && Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                AppendNode();
            }
        }
    }

    private void AppendNode()
    {
        for (var n = _xml.ReadValueChunk(_chunk, 0, _chunk.Length); n > 0; n = _xml.ReadValueChunk(_chunk, 0, _chunk.Length))
        {
            _text.Append(_chunk, 0, n);
            if (_text.Length > _cellLength)
            {
                throw new SpreadsheetRefusedException(SpreadsheetErrors.CellTooLong(_cellLength));
            }
        }
    }

    private string Unescaped() => XlsxText.Unescape(_text.ToString());

    /// <summary>A workbook knows some hundred names; a parser keeps every name it ever saw.</summary>
    private sealed class BoundedNames : NameTable
    {
        private const int Most = 10_000;
        private int _count;

        public override string Add(string key) => base.Get(key) ?? Counted(base.Add(key));

        public override string Add(char[] key, int start, int len) => base.Get(key, start, len) ?? Counted(base.Add(key, start, len));

        private string Counted(string name) => ++_count <= Most ? name : throw new SpreadsheetRefusedException(SpreadsheetErrors.Bomb());
    }
}
