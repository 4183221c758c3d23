namespace Jiesu.Platform.Spreadsheets;

/// <summary>合并单元格: the value of the top left cell belongs to the whole area.</summary>
internal sealed class MergedCells(int columns)
{
    private const int Most = 500_000;
    private readonly List<Area> _areas = [];

    /// <param name="reference">As in the file: <c>A1:B2</c>.</param>
    public void Add(string? reference)
    {
        if (reference?.Split(':') is [var from, var to] && CellAt.Of(from) is { } first && CellAt.Of(to) is { } last && first.Column < columns)
        {
            _areas.Add(new(first.Row, last.Row, first.Column, Math.Min(last.Column, columns - 1)));
        }

        if (_areas.Count > Most)
        {
            throw new SpreadsheetRefusedException(SpreadsheetErrors.Bomb());
        }
    }

    public Filling Start()
    {
        _areas.Sort((a, b) => a.Top.CompareTo(b.Top));
        return new(_areas, columns);
    }

    internal sealed record Area(int Top, int Bottom, int Left, int Right);

    /// <summary>One way through the rows from top to bottom.</summary>
    internal sealed class Filling
    {
        private readonly List<Area> _areas;
        private readonly int _columns;
        private readonly List<(Area Area, string Value)> _open = [];
        private int _next;

        public Filling(List<Area> areas, int columns) => (_areas, _columns) = (areas, columns);

        /// <returns>The cells, more of them where an area reaches further right.</returns>
        public string[] Fill(int row, string[] cells)
        {
            _open.RemoveAll(o => o.Area.Bottom < row);
            for (; _next < _areas.Count && _areas[_next].Top <= row; _next++)
            {
                var area = _areas[_next];
                if (area.Bottom >= row)
                {
                    _open.Add((area, area.Top == row && area.Left < cells.Length ? cells[area.Left] : ""));
                }
            }

            // Areas of one row cannot overlap; a file in which they do would make this quadratic.
            if (_open.Count > _columns)
            {
                throw new SpreadsheetRefusedException(SpreadsheetErrors.Damaged());
            }

            foreach (var (area, value) in _open.Where(o => o.Value.Length > 0))
            {
                Array.Resize(ref cells, Math.Max(cells.Length, area.Right + 1));
                cells.AsSpan(area.Left, area.Right - area.Left + 1).Fill(value);
            }

            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] ??= "";
            }

            return cells;
        }
    }
}

/// <summary>A place in a sheet; the row counts from 1, the column from 0.</summary>
internal readonly record struct CellAt(int Row, int Column)
{
    private const int LastRow = 1_048_576;

    /// <summary>Null when the text is no reference such as <c>AB12</c>.</summary>
    public static CellAt? Of(ReadOnlySpan<char> reference)
    {
        var column = 0;
        var i = 0;
        for (; i < reference.Length && i < 3 && char.IsAsciiLetterUpper(reference[i]); i++)
        {
            column = (column * 26) + (reference[i] - 'A' + 1);
        }

        var row = 0;
        for (; i < reference.Length && row <= LastRow && char.IsAsciiDigit(reference[i]); i++)
        {
            row = (row * 10) + (reference[i] - '0');
        }

        return column > 0 && row is > 0 and <= LastRow && i == reference.Length ? new(row, column - 1) : null;
    }
}
