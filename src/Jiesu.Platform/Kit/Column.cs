using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Jiesu.Platform.Kit;

/// <summary>列 of a <see cref="DataTable{TRow}"/>; tells the table what it shows and renders nothing itself.</summary>
public sealed class Column<TRow> : ComponentBase
{
    [Parameter, EditorRequired] public required string Title { get; set; }

    /// <summary>The cell; <c>@context</c> is the row.</summary>
    [Parameter, EditorRequired] public required RenderFragment<TRow> ChildContent { get; set; }

    /// <summary><c>number</c> (right, tabular), <c>date</c>, <c>tight</c> (no wrap), <c>main</c> (takes the room; title of the card), <c>actions</c>.</summary>
    [Parameter] public string? Kind { get; set; }

    /// <summary>Address that sorts by this column.</summary>
    [Parameter] public string? SortUrl { get; set; }

    /// <summary><c>ascending</c> or <c>descending</c>, when the rows stand in this column's order.</summary>
    [Parameter] public string? Order { get; set; }

    [CascadingParameter] private DataTable<TRow>? Table { get; set; }

    protected override void OnInitialized() =>
        (Table ?? throw new InvalidOperationException("A Column stands inside a DataTable.")).Add(this);
}

/// <summary>Renders after its elder siblings have initialised, so that a table knows its columns.</summary>
public sealed class Late : ComponentBase
{
    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, ChildContent);
}
