using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Domain.Forms;
using Jiesu.Catalog.Domain.Tables;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Catalog.Features.EditForm;

/// <summary>编辑表单字段: rows of questions that are added, moved and removed inside the form of the row, and the form as the clerk will see it.</summary>
public static class EditQuestions
{
    /// <summary>The button that was pressed: <c>add</c>, <c>up:3</c>, <c>down:3</c>, <c>remove:3</c>.</summary>
    internal const string Command = "edit";
    private const string Prefix = "q.";
    private const int MostRows = 200;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPost("/catalog/{table}/{code}/preview", PreviewAsync).RequireAuthorization(Permissions.Edit);

    private static async Task<IResult> PreviewAsync(string table, string code, [FromForm] IFormCollection typed, HttpContext http, CatalogueCache cache, IUnitDirectory units, CancellationToken ct)
    {
        if (table != CatalogTables.Forms.Slug)
        {
            return CatalogErrors.NotFound().ToProblem();
        }

        var around = new Surroundings(await cache.CopyAsync(ct), await units.GetAsync(ct));
        return Page.Show<FormPreview>(http, Of(Read(typed), table, code, around));
    }

    /// <summary>What the editor sent, after the button that was pressed, if any; JSON of the rows.</summary>
    internal static string Read(IFormCollection typed)
    {
        var numbers = typed.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Select(k => int.TryParse(k.Split('.')[1], CultureInfo.InvariantCulture, out var n) ? n : -1)
            .Where(n => n is >= 0 and < MostRows).Distinct().Order();
        var rows = numbers.Select(n => RowOf(c => typed[$"{Prefix}{n}.{c}"].ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null)).ToList();
        return FormText.Typed(Apply(rows, typed[Command].ToString()));
    }

    private static TypedQuestion RowOf(Func<string, string?> of) => new()
    {
        Name = of("name"),
        Label = of("label"),
        Type = of("type"),
        Group = of("group"),
        Required = of("required"),
        IfField = of("ifField"),
        IfValue = of("ifValue"),
        Options = of("options"),
        Source = of("source"),
        Hint = of("hint"),
        Longest = of("longest"),
        Least = of("least"),
        Most = of("most"),
    };

    private static List<TypedQuestion> Apply(List<TypedQuestion> rows, string command)
    {
        if (command == "add")
        {
            rows.Add(new() { Type = FormText.Wire(QuestionType.Text), Group = rows is [.., var last] ? last.Group : null });
        }
        else if (command.Split(':') is [var verb, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < rows.Count)
        {
            var row = rows[at];
            rows.RemoveAt(at);
            if (verb != "remove")
            {
                rows.Insert(Math.Clamp(verb == "up" ? at - 1 : at + 1, 0, rows.Count), row);
            }
        }

        return rows;
    }

    internal static View Of(string typed, string table, string code, Surroundings around)
    {
        var rows = FormText.Typed(typed);
        var names = rows.Select(r => r.Name).OfType<string>().Distinct().ToArray();
        var form = new FormDefinition(code, 0, "", [.. rows.Where(r => r.Label is not null || r.Name is not null).Select(r => r.ToQuestion())]);
        return new(
            $"/catalog/{table}/{Uri.EscapeDataString(code)}/preview",
            [.. rows.Index().Select(r => RowView(r.Item, r.Index, rows.Count, names))],
            AskedQuestion.Of(form, around.Copy.Day, around.Units, q => $"preview.{q.Name}"));
    }

    private static Row RowView(TypedQuestion row, int at, int count, string[] names) => new(at, $"{Prefix}{at}.", row.Label ?? "新字段", row.Required is not null, at > 0, at < count - 1)
    {
        Values = new Dictionary<string, string?>
        {
            ["name"] = row.Name, ["label"] = row.Label, ["group"] = row.Group, ["ifValue"] = row.IfValue, ["options"] = row.Options,
            ["hint"] = row.Hint, ["longest"] = row.Longest, ["least"] = row.Least, ["most"] = row.Most,
        },
        Type = row.Type ?? "",
        Source = row.Source ?? "",
        IfField = row.IfField ?? "",
        Fields = [.. names.Where(n => n != row.Name).Concat(row.IfField is { } there && !names.Contains(there) ? [there] : [])],
    };

    /// <summary>What editor and preview show.</summary>
    public sealed record View(string PreviewUrl, IReadOnlyList<Row> Rows, IReadOnlyList<AskedQuestion> Preview)
    {
        public IReadOnlyList<Choice> Types { get; } = [.. FormText.Types.Select(t => new Choice(FormText.Wire(t.Type), t.Name))];
        public IReadOnlyList<Choice> Sources { get; } = [.. FormText.Sources.Select(s => new Choice(s.Source, s.Name))];
    }

    /// <summary>一行字段.</summary>
    public sealed record Row(int At, string Prefix, string Title, bool IsRequired, bool MayRise, bool MaySink)
    {
        public required IReadOnlyDictionary<string, string?> Values { get; init; }
        public required string Type { get; init; }
        public required string Source { get; init; }
        public required string IfField { get; init; }

        /// <summary>What a condition may look at.</summary>
        public required IReadOnlyList<string> Fields { get; init; }
    }
}
