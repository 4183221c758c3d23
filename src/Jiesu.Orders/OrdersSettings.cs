using System.ComponentModel.DataAnnotations;

namespace Jiesu.Orders;

/// <summary>Settings under <c>Orders</c>; checked at start.</summary>
internal sealed record OrdersSettings
{
    public const string Section = "Orders";

    /// <summary>案件编号前缀, 1–8 capital letters.</summary>
    [RegularExpression("^[A-Z]{1,8}$")]
    public string CaseNumberPrefix { get; init; } = "FT";

    /// <summary>导出行数上限: an export with more rows is refused.</summary>
    [Range(1, 1_000_000)]
    public int MostExportRows { get; init; } = 50_000;

    /// <summary>附件大小上限, MiB.</summary>
    [Range(1, 500)]
    public int MostAttachmentMegabytes { get; init; } = 50;

    /// <summary>附件数量上限 of one order.</summary>
    [Range(1, 1_000)]
    public int MostAttachments { get; init; } = 100;
}
