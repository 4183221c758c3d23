using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain.Forms;

namespace Jiesu.Catalog.Domain;

/// <summary>问题分类: a node of the class tree; level and parent follow from its code AABBCC.</summary>
internal sealed class ClassRow : DatedRow
{
    public required string Name { get; init; }

    /// <summary>默认行业部门: unit code; empty: that of the parent.</summary>
    public string Department { get; init; } = "";

    /// <summary>七有五性; empty: that of the parent.</summary>
    public string SevenFive { get; init; } = "";

    /// <summary>关键词, separated by 、.</summary>
    public string Keywords { get; init; } = "";
}

/// <summary>派单规则种类 (hotline.md 2.7 step 4).</summary>
internal enum LeadRule
{
    /// <summary>属地: the street of the place complained about.</summary>
    Territorial,

    /// <summary>行业: a department.</summary>
    Sectoral,

    /// <summary>公共服务企业.</summary>
    Company,

    /// <summary>双派: street and department together; the named unit leads, the street when none is named.</summary>
    Dual,

    /// <summary>区级: the Centre decides.</summary>
    District,
}

/// <summary>派单目录: class × place × condition → who leads, who helps, and on what ground.</summary>
internal sealed class DirectoryRow : DatedRow
{
    public required string ClassCode { get; init; }

    /// <summary>区划代码 of a town; empty: everywhere.</summary>
    public string Place { get; init; } = "";

    /// <summary>条件: words separated by 、, one of which the text must hold; empty: always.</summary>
    public string Condition { get; init; } = "";
    public LeadRule LeadRule { get; init; }

    /// <summary>主办单位; empty: the street, or the department of the class.</summary>
    public string LeadUnit { get; init; } = "";

    /// <summary>协办单位, separated by 、.</summary>
    public string CoUnits { get; init; } = "";

    /// <summary>依据.</summary>
    public required string Basis { get; init; }

    /// <summary>允许自动派单: approved by its owner.</summary>
    public bool IsAuto { get; init; }
}

/// <summary>时限政策 (hotline.md 2.5, 2.6), matched by urgency, class and request type; what is empty matches everything.</summary>
internal sealed class TimeLimitRow : DatedRow
{
    public required string Name { get; init; }
    public string RequestType { get; init; } = "";
    public string Urgency { get; init; } = "";

    /// <summary>Class codes of any level, separated by 、.</summary>
    public string Classes { get; init; } = "";
    public int SignValue { get; init; }
    public string SignUnit { get; init; } = "";
    public int HandleValue { get; init; }
    public string HandleUnit { get; init; } = "";
    public int ReturnValue { get; init; }
    public string ReturnUnit { get; init; } = "";
    public int ReworkPercent { get; init; }
    public int ReworkMinimumHours { get; init; }
    public bool IsPausable { get; init; }
    public bool IsExtendable { get; init; }
    public int MaxExtensions { get; init; }
    public int MaxDispatches { get; init; }
    public int StreetBufferHours { get; init; }
    public int StreetBufferPercent { get; init; }
}

/// <summary>原因代码.</summary>
internal sealed class ReasonRow : DatedRow
{
    /// <summary>RTN, NAC, EXT, PAU, HLD, EXC, UNS, CBF, RWK.</summary>
    public required string Kind { get; init; }
    public required string Name { get; init; }
}

/// <summary>审批链: who decides a kind of application, level by level.</summary>
internal sealed class ApprovalRow : DatedRow
{
    /// <summary>As <see cref="Contracts.ApprovalChain"/> writes it.</summary>
    public required string Chain { get; init; }
}

/// <summary>放假安排: the notice of one year; the code is the year.</summary>
internal sealed class CalendarYearRow : DatedRow
{
    /// <summary>通知名称.</summary>
    public required string Notice { get; init; }

    /// <summary>Days off, one period a line: <c>2026-01-01~2026-01-03 元旦</c>.</summary>
    public required string Holidays { get; init; }

    /// <summary>调休上班日, one a line.</summary>
    public string SwapDays { get; init; } = "";
}

/// <summary>标准工作时间: spans of each weekday, as <c>09:00-12:00 13:30-18:00</c>; empty on a rest day.</summary>
internal sealed class WorkingHoursRow : DatedRow
{
    public string Mon { get; init; } = "";
    public string Tue { get; init; } = "";
    public string Wed { get; init; } = "";
    public string Thu { get; init; } = "";
    public string Fri { get; init; } = "";
    public string Sat { get; init; } = "";
    public string Sun { get; init; } = "";

    public IReadOnlyDictionary<DayOfWeek, string> Days => new Dictionary<DayOfWeek, string>
    {
        [DayOfWeek.Monday] = Mon,
        [DayOfWeek.Tuesday] = Tue,
        [DayOfWeek.Wednesday] = Wed,
        [DayOfWeek.Thursday] = Thu,
        [DayOfWeek.Friday] = Fri,
        [DayOfWeek.Saturday] = Sat,
        [DayOfWeek.Sunday] = Sun,
    };
}

/// <summary>统一字典: an entry of a code table; the row's code is <c>dictionary:item</c>.</summary>
internal sealed class DictionaryRow : DatedRow
{
    public const char Colon = ':';

    public required string Name { get; init; }
    public int Rank { get; init; }

    public string Dictionary => Code.Split(Colon)[0];
    public CodeItem Item => new(Code.Split(Colon, 2)[1], Name);
}

/// <summary>地点: a town/street (nine digits) or a community/village (twelve digits).</summary>
internal sealed class PlaceRow : DatedRow
{
    public required string Name { get; init; }

    public string? ParentCode => Code.Length > 9 ? Code[..9] : null;
}

/// <summary>表单定义: the code is <c>reply</c>, <c>intake</c>, or one of them with a request type: <c>reply:咨询</c>.</summary>
internal sealed class FormRow : DatedRow
{
    public required string Title { get; init; }

    /// <summary>字段, as JSON.</summary>
    public required string Questions { get; init; }

    public FormDefinition Definition => new(Code, Revision, Title, FormText.Questions(Questions));
}

/// <summary>常用语与话术.</summary>
internal sealed class PhraseRow : DatedRow
{
    /// <summary>One of <see cref="PhraseUses"/>.</summary>
    public required string Use { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }

    /// <summary>Class code of any level; empty: for all.</summary>
    public string ClassCode { get; init; } = "";

    /// <summary>单位代码; empty: for all.</summary>
    public string Unit { get; init; } = "";
    public int Rank { get; init; }

    /// <summary>话术: fields of the seat's form that answer this step, separated by 、.</summary>
    public string Ticks { get; init; } = "";

    /// <summary>话术: words that call for this step at once, separated by 、.</summary>
    public string Words { get; init; } = "";

    public Phrase Phrase => new(Code, Use, Title, Text, CatalogWords.Split(Ticks), CatalogWords.Split(Words));
}

/// <summary>群体性事件规则: one row at a time.</summary>
internal sealed class MassEventRuleRow : DatedRow
{
    public int CallersInDay { get; init; }
    public int CallersInWeek { get; init; }

    /// <summary>三级倍数 of the numbers above; below it an event is of the fourth level.</summary>
    public int ThirdTimes { get; init; }
    public int SecondTimes { get; init; }
    public int FirstTimes { get; init; }
    public int Headcount { get; init; }

    /// <summary>聚集词, separated by 、.</summary>
    public string Words { get; init; } = "";

    /// <summary>例外词, separated by 、.</summary>
    public string Except { get; init; } = "";
    public bool ByPoint { get; init; }

    public MassEventRule Rule => new(
        Revision, ValidFrom, CallersInDay, CallersInWeek, ThirdTimes, SecondTimes, FirstTimes, Headcount, CatalogWords.Split(Words), CatalogWords.Split(Except), ByPoint);
}
