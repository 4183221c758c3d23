using System.Globalization;
using System.Security.Cryptography;
using Jiesu.Orders.Features.Import;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Jiesu.Platform.Spreadsheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.PaperForm;

/// <summary>
/// 纸质登记单 (REL-08): forms to be printed while all is well and filled in by hand while nothing is; afterwards their rows are typed into the sheet and come in by the usual import.
/// The number printed on each is its 工单编号, so that a sheet that is imported twice makes no order twice.
/// </summary>
public static class PrintPaperForm
{
    internal const string Url = "/orders/paper-form";
    private const int Usual = 10;
    private const int Most = 50;
    private const string Sheet = "纸质登记单补录.xlsx";

    /// <summary>What a call-taker asks; every one a column of the import.</summary>
    private static readonly (string Field, int Lines)[] Asked =
    [
        ("callTime", 1), ("channel", 1), ("callerName", 1), ("callerPhone", 1), ("title", 1), ("content", 6), ("requestType", 1), ("urgency", 1),
        ("town", 1), ("community", 1), ("address", 1), ("pointName", 1), ("isSecret", 1),
    ];

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var paper = pages.MapGroup(Url).RequireAuthorization(Permissions.Create);
        paper.MapGet("", Show);
        paper.MapGet("/sheet", GetSheet);
    }

    /// <param name="copies">How many; 1–50.</param>
    private static IResult Show(HttpContext http, TimeProvider clock, string? copies)
    {
        var count = int.TryParse(copies, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, Most) : Usual;
        return Page.Show<PaperFormPage>(http, new View(NumberOf(), [.. NumbersFrom(clock.Today(), count)], [.. Asked.Select(a => new Box(TitleOf(a.Field), a.Lines))]));
    }

    /// <summary>An empty sheet whose columns the import knows by themselves.</summary>
    private static PushStreamHttpResult GetSheet(CancellationToken ct)
    {
        SpreadsheetColumn<string>[] columns = [.. Asked.Select(a => a.Field).Prepend("orderNo").Select(f => new SpreadsheetColumn<string>(TitleOf(f), row => row))];
        return TypedResults.Stream(
            stream => SpreadsheetWriter.WriteAsync(SpreadsheetFormat.Xlsx, stream, columns, Array.Empty<string>().ToAsyncEnumerable(), ct), SpreadsheetWriter.ContentType(SpreadsheetFormat.Xlsx), Sheet);
    }

    private static string NumberOf() => TitleOf("orderNo");

    private static string TitleOf(string field) => ImportField.Of(field)!.Titles[0];

    /// <summary>Drawn, not counted: a form must bear a number that no other stack bears, and nothing of it is written down before it is used.</summary>
    private static IEnumerable<string> NumbersFrom(DateOnly day, int count)
    {
        var stack = RandomNumberGenerator.GetHexString(6);
        return Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"ZD{day:yyyyMMdd}{stack}-{n:D2}"));
    }

    /// <summary>What the page shows.</summary>
    /// <param name="NumberTitle">Column of the number.</param>
    public sealed record View(string NumberTitle, IReadOnlyList<string> Numbers, IReadOnlyList<Box> Boxes);

    /// <summary>填写栏.</summary>
    /// <param name="Lines">How much room there is to write.</param>
    public sealed record Box(string Title, int Lines);
}
