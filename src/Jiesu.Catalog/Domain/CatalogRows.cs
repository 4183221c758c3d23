namespace Jiesu.Catalog.Domain;

/// <summary>The rows of all tables that hold on one day, as they were read together.</summary>
internal sealed record CatalogRows(
    IReadOnlyList<ClassRow> Classes,
    IReadOnlyList<DirectoryRow> Directory,
    IReadOnlyList<TimeLimitRow> TimeLimits,
    IReadOnlyList<ReasonRow> Reasons,
    IReadOnlyList<DictionaryRow> Dictionaries,
    IReadOnlyList<PlaceRow> Places)
{
    public IReadOnlyList<FormRow> Forms { get; init; } = [];
    public IReadOnlyList<ApprovalRow> Approvals { get; init; } = [];
    public IReadOnlyList<PhraseRow> Phrases { get; init; } = [];
    public IReadOnlyList<MassEventRuleRow> MassEvents { get; init; } = [];
}
