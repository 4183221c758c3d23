using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Domain.Forms;
using Jiesu.Identity.Contracts;

namespace Jiesu.Catalog.Seeds;

/// <summary>The seed files as rows of the tables.</summary>
internal static class SeedRows
{
    public static IEnumerable<ClassRow> Classes() => SeedFile.Read("classes.tsv").Select(r => new ClassRow
    {
        Code = r["code"], Name = r["name"], Department = r["department"], SevenFive = r["sevenFive"], Keywords = r["keywords"],
    });

    public static IEnumerable<DirectoryRow> Directory() => SeedFile.Read("directory.tsv").Select(r => new DirectoryRow
    {
        Code = r["code"], ClassCode = r["class"], Place = r["place"], Condition = r["condition"], LeadRule = Enum.Parse<LeadRule>(r["leadRule"]),
        LeadUnit = r["leadUnit"], CoUnits = r["coUnits"], Basis = r["basis"], IsAuto = Yes(r["auto"]),
    });

    public static IEnumerable<TimeLimitRow> TimeLimits() => SeedFile.Read("time-limits.tsv").Select(r => new TimeLimitRow
    {
        Code = r["code"], Name = r["name"], Urgency = r["urgency"], RequestType = r["requestType"], Classes = r["classes"],
        SignValue = Number(r["sign"].Split(' ')[0]), SignUnit = r["sign"].Split(' ')[1],
        HandleValue = Number(r["handle"].Split(' ')[0]), HandleUnit = r["handle"].Split(' ')[1],
        ReturnValue = Number(r["return"].Split(' ')[0]), ReturnUnit = r["return"].Split(' ')[1],
        ReworkPercent = Number(r["rework"].Split('/')[0]), ReworkMinimumHours = Number(r["rework"].Split('/')[1]),
        IsPausable = Yes(r["pausable"]), IsExtendable = Yes(r["extendable"]), MaxExtensions = Number(r["maxExtensions"]),
        MaxDispatches = Number(r["maxDispatches"]), StreetBufferHours = Number(r["bufferHours"]), StreetBufferPercent = Number(r["bufferPercent"]),
    });

    public static IEnumerable<ApprovalRow> Approvals() =>
        SeedFile.Read("approvals.tsv").Select(r => new ApprovalRow { Code = r["code"], Chain = r["chain"] });

    public static IEnumerable<ReasonRow> Reasons() =>
        SeedFile.Read("reasons.tsv").Select(r => new ReasonRow { Code = r["code"], Kind = r["kind"], Name = r["name"] });

    public static IEnumerable<DictionaryRow> Dictionaries() => SeedFile.Read("dictionaries.tsv")
        .Select((r, i) => new DictionaryRow { Code = r["dictionary"] + DictionaryRow.Colon + r["code"], Name = r["name"], Rank = i + 1 });

    public static IEnumerable<PlaceRow> Places() => SeedFile.Read("places.tsv").Select(r => new PlaceRow { Code = r["code"], Name = r["name"] });

    public static IEnumerable<WorkingHoursRow> WorkingHours() => SeedFile.Read("working-hours.tsv").Select(r => new WorkingHoursRow
    {
        Code = r["code"], Mon = r["mon"], Tue = r["tue"], Wed = r["wed"], Thu = r["thu"], Fri = r["fri"], Sat = r["sat"], Sun = r["sun"],
    });

    /// <summary>One JSON file a form.</summary>
    public static IEnumerable<FormRow> Forms() => new[] { (FormCodes.Reply, "办理回复"), (FormCodes.Intake, "登记补充") }
        .Select(f => new FormRow { Code = f.Item1, Title = f.Item2, Questions = FormText.Stored(FormText.Questions(SeedFile.Text($"form-{f.Item1}.json"))) });

    public static IEnumerable<MassEventRuleRow> MassEvents() => SeedFile.Read("mass-event-rules.tsv").Select(r => new MassEventRuleRow
    {
        Code = r["code"], CallersInDay = Number(r["day"]), CallersInWeek = Number(r["week"]), ThirdTimes = Number(r["third"]), SecondTimes = Number(r["second"]), FirstTimes = Number(r["first"]),
        Headcount = Number(r["headcount"]), Words = r["words"], Except = r["except"], ByPoint = r["byPoint"] == "yes",
    });

    public static IEnumerable<PhraseRow> Phrases() => SeedFile.Read("phrases.tsv").Select((r, i) => new PhraseRow
    {
        Code = r["code"], Use = r["use"], Title = r["title"], Text = r["text"].Replace("\\n", "\n", StringComparison.Ordinal),
        ClassCode = r["class"], Rank = i + 1, Ticks = r["ticks"], Words = r["words"],
    });

    /// <summary>Each notice holds from the day on which it was published.</summary>
    public static IEnumerable<(CalendarYearRow Row, DateOnly From)> CalendarYears() => SeedFile.Read("calendar.tsv").Select(r => (new CalendarYearRow
    {
        Code = r["code"], Notice = r["notice"], Holidays = r["holidays"].Replace(';', '\n'), SwapDays = r["swapDays"].Replace(';', '\n'),
    }, DateOnly.ParseExact(r["validFrom"], "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>Parents stand before their children.</summary>
    public static IEnumerable<UnitSeed> Units() => SeedFile.Read("units.tsv").Select(r => new UnitSeed(
        UnitCode.From(r["code"]), r["name"], Enum.Parse<UnitKind>(r["kind"]), r["parent"].Length > 0 ? UnitCode.From(r["parent"]) : null));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static bool Yes(string text) => text == "yes";
}
