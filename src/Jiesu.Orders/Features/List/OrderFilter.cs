using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Forms;

namespace Jiesu.Orders.Features.List;

/// <summary>筛选条件: what a list, a count and an export have in common. All that are given must hold.</summary>
internal sealed record OrderFilter
{
    public const int LargestPage = 200;
    public const int UsualPage = 20;

    public IReadOnlyList<OrderState> States { get; init; } = [];

    /// <summary>责任单位.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>责任单位 of one kind; null for every kind.</summary>
    public IReadOnlyList<Guid>? UnitIds { get; init; }

    /// <summary>Has a live share.</summary>
    public Guid? AssignedTo { get; init; }

    /// <summary>Beginning of the class code: two digits for an upper class, six for a class of the third level.</summary>
    public string? ClassPrefix { get; init; }

    /// <summary>未分类.</summary>
    public bool IsUnclassified { get; init; }
    public string? TownCode { get; init; }
    public string? CommunityCode { get; init; }

    /// <summary>The channel as code and as name: orders keep the word that came.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
    public OriginType? Origin { get; init; }

    /// <summary>表单取值: each of these fields has this answer.</summary>
    public IReadOnlyList<FormCondition> Form { get; init; } = [];

    /// <summary>检索词.</summary>
    public string? Text { get; init; }

    /// <summary>Received at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Received before.</summary>
    public DateTimeOffset? Until { get; init; }
    public DateTimeOffset? ClosedFrom { get; init; }
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>已办结 or archived.</summary>
    public bool? IsClosed { get; init; }
    public bool? HasValidCallback { get; init; }
    public bool? Contacted { get; init; }
    public bool? Solved { get; init; }
    public Satisfaction? Satisfied { get; init; }
    public bool? IsExcluded { get; init; }
    public bool? WasLate { get; init; }
    public LampColour? Lamp { get; init; }
    public OrderOverlay? Overlay { get; init; }

    /// <summary>Nothing but the text narrows the list.</summary>
    public bool IsTextOnly =>
        Text is not null && States.Count == 0 && Channels.Count == 0
        && this with { Text = null, States = [], Channels = [], Page = 1, PageSize = UsualPage, After = null } == new OrderFilter();

    public int Page { get; init; } = 1;
    public int PageSize { get; init; } = UsualPage;

    /// <summary>The number of the last order seen; takes the place of the page.</summary>
    public long? After { get; init; }
}
