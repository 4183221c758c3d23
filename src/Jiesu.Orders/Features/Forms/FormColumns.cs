using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Spreadsheets;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Forms;

/// <summary>导出行: an order with its answers, by column.</summary>
internal sealed record ExportRow(OrderView Order, IReadOnlyDictionary<(string Form, string Field), string> Answers);

/// <summary>导出表单列: a column a question of today's forms. An order shows the answers of its last round; several units are parted by “；”.</summary>
internal sealed class FormColumns(JiesuDb db, ICatalogue catalogue, IUnitDirectory units)
{
    private static readonly (string Code, string Title)[] Kinds = [(FormCodes.Intake, "登记"), (FormCodes.Reply, "回复")];

    public async Task<IReadOnlyList<SpreadsheetColumn<ExportRow>>> ColumnsAsync(CancellationToken ct)
    {
        var forms = (await catalogue.GetAsync(ct)).Forms.OrderBy(f => f.Code, StringComparer.Ordinal).ToArray();
        return [.. Kinds.SelectMany(k => forms.Where(f => FormCodes.KindOf(f.Code) == k.Code).SelectMany(f => f.Questions).DistinctBy(q => q.Name)
            .Select(q => new SpreadsheetColumn<ExportRow>($"{k.Title}·{q.Label}", r => r.Answers.GetValueOrDefault((k.Code, q.Name)))))];
    }

    public async Task<IReadOnlyList<ExportRow>> FillAsync(IReadOnlyList<OrderView> orders, CancellationToken ct)
    {
        OrderId[] ids = [.. orders.Select(o => o.Id)];
        var rows = await db.Set<FormValue>().AsNoTracking().Where(v => ids.Contains(v.OrderId)).ToListAsync(ct);
        var (day, tree) = (await catalogue.GetAsync(ct), await units.GetAsync(ct));
        var byOrder = rows.ToLookup(r => r.OrderId);
        return [.. orders.Select(o => new ExportRow(o, byOrder[o.Id].GroupBy(r => (Form: FormCodes.KindOf(r.Form), r.Field)).ToDictionary(g => g.Key, g => TextOf(g, day, tree))))];
    }

    private static string TextOf(IEnumerable<FormValue> rows, CatalogueDay day, UnitTree tree)
    {
        var last = rows.GroupBy(r => r.Round).MaxBy(g => g.Key)!;
        return string.Join('；', last.GroupBy(r => r.UnitId).OrderBy(g => g.Min(r => r.At)).Select(g => Words([.. g], day, tree)).Distinct());
    }

    /// <summary>In the words of today's question; as it was stored where the form has it no more, or asks for a number now.</summary>
    private static string Words(FormValue[] rows, CatalogueDay day, UnitTree tree)
    {
        var form = day.Forms.FirstOrDefault(f => f.Code == rows[0].Form) ?? day.Forms.FirstOrDefault(f => FormCodes.KindOf(f.Code) == FormCodes.KindOf(rows[0].Form));
        return form?.Questions.FirstOrDefault(q => q.Name == rows[0].Field) is { } question
            && (question.Type != QuestionType.Number || rows[0].Number is not null)
            ? question.Words(FormValue.Values(rows, form)[question.Name], day, tree)
            : string.Join('、', rows.OrderBy(r => r.Item).Select(r => r.Text));
    }
}
