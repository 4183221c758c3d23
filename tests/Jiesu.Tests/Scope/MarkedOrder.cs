namespace Jiesu.Tests.Scope;

/// <summary>An order full of words that occur nowhere else, and the ids under which it can be asked for.</summary>
/// <param name="Letter">Part of each of its words.</param>
/// <param name="Unit">Code of the unit that leads it.</param>
internal sealed record MarkedOrder(char Letter, string Unit)
{
    /// <summary>In all marked orders alike, so that a search for it finds them all.</summary>
    public const string Common = "井盖松动";

    public string Id { get; set; } = "";
    public string CaseNo { get; set; } = "";
    public string Attachment { get; set; } = "";
    public string CallbackTask { get; set; } = "";

    /// <summary>A file that the unit brought, with one row that is no order.</summary>
    public string Import { get; set; } = "";

    /// <summary>通知 to the unit that leads it; everybody else was told of the order, too, whether they may see it or not.</summary>
    public string Notice { get; set; } = "";

    public string Title => Word("title");
    public string Content => Word("content");
    public string Address => Word("address");
    public string PointName => Word("point");
    public string Note => Word("note");
    public string Result => Word("result");
    public string FileName => Word("filename");
    public string FileText => Word("filetext");
    public string ImportedRow => Word("row");

    /// <summary>What only those may read who see the order. Letters without accents: every encoding leaves them as they are.</summary>
    public IReadOnlyList<string> Secrets => [Title, Content, Address, PointName, Note, Result, FileName, FileText, ImportedRow];

    public string CallerName => Word("caller");
    public string CallerPhone => $"139000{(int)Letter:D5}";

    /// <summary>What nobody may read in clear without saying what for.</summary>
    public IReadOnlyList<string> Veiled => [CallerName, CallerPhone];

    /// <summary>Ids of the same shape that belong to nothing.</summary>
    public static MarkedOrder Absent() => new('-', "")
    {
        Id = Nothing(), Attachment = Nothing(), CallbackTask = Nothing(), Import = Nothing(), Notice = Nothing(),
    };

    private static string Nothing() => Guid.CreateVersion7().ToString();

    private string Word(string what) => $"zq{Letter}{what}";
}

/// <summary>Who walks through the doors, and which of the orders they may see.</summary>
internal sealed record Walker(string Name, HttpClient Client, Func<MarkedOrder, bool> Sees);
