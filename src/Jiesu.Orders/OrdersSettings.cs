using System.ComponentModel.DataAnnotations;

namespace Jiesu.Orders;

/// <summary>协同处置参数 under <c>Jiesu:Orders</c>; checked at start.</summary>
internal sealed record OrdersSettings
{
    public const string Section = "Jiesu:Orders";

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

    /// <summary>附件类型, separated by commas; 其他 is always among them.</summary>
    [RegularExpression("^[^,，、]{1,40}([,，、][^,，、]{1,40})*$")]
    public string AttachmentTags { get; init; } = "联系录音,现场照片(处置前),现场照片(处置后),证明材料,会议签到";

    /// <summary>上传限额, MiB: what one person may upload in a day.</summary>
    [Range(1, 100_000)]
    public int MostUploadMegabytesADay { get; init; } = 500;

    /// <summary>续传保留, hours: so long a half upload may be taken up again.</summary>
    [Range(1, 240)]
    public int UploadHours { get; init; } = 24;

    /// <summary>PDF 字体: a file with TrueType outlines, digits and Chinese; null: well-known places are looked through.</summary>
    public string? DocumentFont { get; init; }

    /// <summary>重办次数: how often an order may be reworked; after that a discontent answer closes it (hotline guide 2.3).</summary>
    [Range(0, 20)]
    public int MostReworks { get; init; } = 2;

    /// <summary>回访次数: attempts to reach the caller before the callback is given up (hotline guide 7.3).</summary>
    [Range(1, 20)]
    public int CallbackAttempts { get; init; } = 3;

    /// <summary>归档天数: days between closing and archiving.</summary>
    [Range(1, 3_650)]
    public int ArchiveAfterDays { get; init; } = 30;

    /// <summary>派发撤销时间, seconds: so long a dispatch of the desk may be taken back before the unit is told.</summary>
    [Range(0, 60)]
    public int DispatchHoldSeconds { get; init; } = 10;

    /// <summary>草稿保留天数: what a seat typed and never sent is removed then.</summary>
    [Range(1, 90)]
    public int DraftDays { get; init; } = 7;

    /// <summary>延期提前时间, hours before the deadline: an extension has to be asked for by then (hotline guide 2.5).</summary>
    [Range(0, 240)]
    public int ExtensionHoursBefore { get; init; } = 4;

    /// <summary>申诉期限, working days after closing (hotline guide 3.4).</summary>
    [Range(1, 60)]
    public int AppealWorkingDays { get; init; } = 3;

    /// <summary>重复来电自动并入: whether a call that comes by the API from the same telephone, of the same class and place as an open order becomes an urge on it (hotline guide 6.1).</summary>
    public bool AttachRepeatCalls { get; init; }

    /// <summary>市级时钟可暂停: whether a pause stops the clock of an order of the city, too. Believed not to be so in Beijing (hotline guide 2.4).</summary>
    public bool PausesCityClock { get; init; }

    /// <summary>自动派单: whether approved rules dispatch.</summary>
    public bool AutoDispatch { get; init; } = true;

    /// <summary>留给人工的标记词类, separated by commas.</summary>
    public string AutoDispatchFlags { get; init; } = "紧急,扬言,群诉";

    /// <summary>标准挖掘的时段, days before those of the replay.</summary>
    [Range(1, 365)]
    public int RuleMiningDays { get; init; } = 180;

    /// <summary>回放的时段, days up to today; nothing is mined from them.</summary>
    [Range(1, 365)]
    public int RuleReplayDays { get; init; } = 30;

    /// <summary>最少支持数 of a candidate.</summary>
    [Range(5, 10_000)]
    public int RuleLeastSupport { get; init; } = 20;

    /// <summary>派对比例下限 of a candidate, 0.5–1, with the doubt of a small number taken off.</summary>
    [Range(0.5, 1.0)]
    public double RuleLeastPrecision { get; init; } = 0.9;

    /// <summary>群体性事件监测范围, days back. From when on requests are an event is dated data (业务目录 → 群体性事件规则).</summary>
    [Range(1, 365)]
    public int MassEventDays { get; init; } = 30;

    /// <summary>热度: weight of the growth; 0 leaves it out.</summary>
    [Range(0.0, 5.0)]
    public double HotGrowthWeight { get; init; } = 1;

    /// <summary>热度: weight of different callers and communities; 0 leaves them out.</summary>
    [Range(0.0, 5.0)]
    public double HotSpreadWeight { get; init; } = 1;

    /// <summary>热度: weight of urged, reworked, dissatisfied and repeated requests; 0 leaves them out.</summary>
    [Range(0.0, 5.0)]
    public double HotDiscontentWeight { get; init; } = 1;

    /// <summary>热点预警: so many standard deviations above the mean of the eight periods before (hotline guide 6.4).</summary>
    [Range(0.5, 10.0)]
    public double HotAlertSigmas { get; init; } = 2;

    /// <summary>Fewer orders than this are never above the mean: where there was nothing before, one order would be.</summary>
    [Range(1, 10_000)]
    public int HotAlertLeast { get; init; } = 5;

    /// <summary>热点预警: growth over the period before, as a share, that counts from <see cref="HotAlertOrders"/> on.</summary>
    [Range(0.01, 10.0)]
    public double HotAlertGrowth { get; init; } = 0.3;

    /// <summary>Fewest orders for that.</summary>
    [Range(1, 10_000)]
    public int HotAlertOrders { get; init; } = 20;
}
