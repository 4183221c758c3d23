using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Catalog.Domain;

/// <summary>Tables of this module: one a kind of dated row, and the record of changes.</summary>
internal sealed class CatalogModel : IModelPart
{
    private const int Word = 100;
    private const int Line = 500;
    private const int Text = 4000;

    public void Configure(ModelBuilder model)
    {
        Dated<ClassRow>(model, "catalog_class", (x => x.Name, Word), (x => x.Department, Word), (x => x.SevenFive, Word), (x => x.Keywords, Text));
        Dated<DirectoryRow>(
            model, "catalog_directory", (x => x.ClassCode, Word), (x => x.Place, Word), (x => x.Condition, Line), (x => x.LeadUnit, Word), (x => x.CoUnits, Line), (x => x.Basis, Line));
        Dated<TimeLimitRow>(
            model, "catalog_time_limit", (x => x.Name, Word), (x => x.RequestType, Word), (x => x.Urgency, Word), (x => x.Classes, Line),
            (x => x.SignUnit, Word), (x => x.HandleUnit, Word), (x => x.ReturnUnit, Word));
        Dated<ReasonRow>(model, "catalog_reason", (x => x.Kind, Word), (x => x.Name, Word));
        Dated<ApprovalRow>(model, "catalog_approval", (x => x.Chain, Word));
        Dated<CalendarYearRow>(model, "catalog_calendar_year", (x => x.Notice, Line), (x => x.Holidays, Text), (x => x.SwapDays, Text));
        Dated<WorkingHoursRow>(
            model, "catalog_working_hours", (x => x.Mon, Word), (x => x.Tue, Word), (x => x.Wed, Word), (x => x.Thu, Word), (x => x.Fri, Word), (x => x.Sat, Word), (x => x.Sun, Word));
        Dated<DictionaryRow>(model, "catalog_dictionary", (x => x.Name, Word));
        Dated<PlaceRow>(model, "catalog_place", (x => x.Name, Word));
        Dated<FormRow>(model, "catalog_form", (x => x.Title, Word));
        model.Entity<FormRow>().Ignore(x => x.Definition);
        Dated<PhraseRow>(
            model, "catalog_phrase", (x => x.Use, Word), (x => x.Title, Word), (x => x.Text, Text), (x => x.ClassCode, Word), (x => x.Unit, Word), (x => x.Ticks, Line), (x => x.Words, Line));
        model.Entity<PhraseRow>().Ignore(x => x.Phrase);
        Dated<MassEventRuleRow>(model, "catalog_mass_event_rule", (x => x.Words, Line), (x => x.Except, Line));
        model.Entity<MassEventRuleRow>().Ignore(x => x.Rule);
        model.Entity<CatalogChange>(b =>
        {
            b.ToTable("catalog_change");
            b.Property(x => x.Subject).HasMaxLength(Word);
        });
    }

    private static void Dated<T>(ModelBuilder model, string table, params IReadOnlyList<(System.Linq.Expressions.Expression<Func<T, string?>> Column, int Length)> columns)
        where T : DatedRow =>
        model.Entity<T>(b =>
        {
            b.ToTable(table);
            b.Property(x => x.Code).HasMaxLength(64);
            b.Property(x => x.Reason).HasMaxLength(Line);
            b.Property(x => x.ValidUntil).IsConcurrencyToken();    // two closings at once: the second is told
            b.HasIndex(x => new { x.Code, x.Revision }).IsUnique();
            foreach (var (column, length) in columns)
            {
                b.Property(column).HasMaxLength(length);
            }
        });
}
