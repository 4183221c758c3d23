using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Catalog.Domain.Tables;

/// <summary>填写的内容 of a row, by field; absent is empty.</summary>
internal sealed class RowValues(IReadOnlyDictionary<string, string> values)
{
    public string this[string field] => values.GetValueOrDefault(field, "");

    public int Number(string field) => int.Parse(this[field], System.Globalization.CultureInfo.InvariantCulture);

    public bool Flag(string field) => this[field] == TableField.Yes;
}

/// <summary>列表的分组: its label, the group of a row by code and values, and all groups.</summary>
internal sealed record TableGroup(string Label, Func<string, RowValues, string> Of, Func<Surroundings, IEnumerable<Option>> Options);

/// <summary>一张目录表 as its editors see it: fields, codes, rules. One definition serves the list, the form, the history and the checks.</summary>
internal abstract class CatalogTable(string slug, string title)
{
    /// <summary>Its name in addresses and in the audit.</summary>
    public string Slug { get; } = slug;
    public string Title { get; } = title;
    public required IReadOnlyList<TableField> Fields { get; init; }

    /// <summary>编码规则, told beside the field; null when no code can be added.</summary>
    public string? CodeRule { get; init; }

    /// <summary>分组筛选 of the list; null without.</summary>
    public TableGroup? Group { get; init; }

    /// <summary>Whether a new row may have this code.</summary>
    public Func<string, Surroundings, bool> IsCode { get; init; } = (_, _) => false;

    /// <summary>What fields mean together: field and what is wrong.</summary>
    public Func<string, RowValues, Surroundings, IEnumerable<(string Field, string Message)>> Rules { get; init; } = (_, _, _) => [];

    /// <summary>Why a code may not be retired; null when it may.</summary>
    public Func<string, Surroundings, string?> KeepsBecause { get; init; } = (_, _) => null;

    /// <summary>名称 of a row, for headings.</summary>
    public abstract string NameOf(DatedRow row);

    public abstract RowValues ValuesOf(DatedRow row);

    public abstract DatedRow Make(string code, RowValues values);

    /// <summary>All rows of a code, oldest revision first.</summary>
    public abstract Task<IReadOnlyList<DatedRow>> HistoryAsync(JiesuDb db, string code, CancellationToken ct);

    /// <summary>Rows that hold on a day or will hold later, by code.</summary>
    public abstract Task<IReadOnlyList<DatedRow>> OpenAsync(JiesuDb db, DateOnly day, CancellationToken ct);

    public IReadOnlyDictionary<string, string> Problems(string code, RowValues values, Surroundings around)
    {
        var problems = new Dictionary<string, string>();
        foreach (var field in Fields)
        {
            if (field.Problem(values[field.Name], around) is { } problem)
            {
                problems[field.Name] = problem;
            }
        }

        if (problems.Count == 0)
        {
            foreach (var (field, message) in Rules(code, values, around))
            {
                problems.TryAdd(field, message);
            }
        }

        return problems;
    }
}

/// <inheritdoc/>
internal sealed class CatalogTable<T>(string slug, string title, Func<T, string> name, Func<T, IReadOnlyDictionary<string, string>> read, Func<string, RowValues, T> make)
    : CatalogTable(slug, title)
    where T : DatedRow
{
    public override string NameOf(DatedRow row) => name((T)row);

    public override RowValues ValuesOf(DatedRow row) => new(read((T)row));

    public override DatedRow Make(string code, RowValues values) => make(code, values);

    public override async Task<IReadOnlyList<DatedRow>> HistoryAsync(JiesuDb db, string code, CancellationToken ct) =>
        await db.Set<T>().Where(x => x.Code == code).OrderBy(x => x.Revision).ToListAsync(ct);

    public override async Task<IReadOnlyList<DatedRow>> OpenAsync(JiesuDb db, DateOnly day, CancellationToken ct) =>
        await db.Set<T>().AsNoTracking().Where(x => (x.ValidUntil == null || x.ValidUntil > day) && (x.ValidUntil == null || x.ValidUntil > x.ValidFrom))
            .OrderBy(x => x.Code).ThenBy(x => x.Revision).ToListAsync(ct);
}
