using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain.Forms;

namespace Jiesu.Catalog.Domain.Tables;

/// <summary>The tables that can be edited, each declared once.</summary>
internal static class CatalogTables
{
    public static CatalogTable<ClassRow> Classes { get; } = new("classes", "问题分类", r => r.Name, r => new Dictionary<string, string>
    {
        ["name"] = r.Name, ["department"] = r.Department, ["sevenFive"] = r.SevenFive, ["keywords"] = r.Keywords,
    }, (code, v) => new() { Code = code, Name = v["name"], Department = v["department"], SevenFive = v["sevenFive"], Keywords = v["keywords"] })
    {
        Fields =
        [
            new("name", "名称") { IsRequired = true, Hint = "不含“->”" },
            new("department", "行业部门", FieldKind.Choice) { Options = Choices.Units, Hint = "不选则与上级分类相同" },
            new("sevenFive", "七有五性", FieldKind.Choice) { Options = a => Choices.Names(a, DictionaryNames.SevenFive), Hint = "不选则与上级分类相同" },
            new("keywords", "关键词", FieldKind.Text) { Longest = 2000, Hint = "用顿号分隔，供搜索和智能推荐使用" },
        ],
        CodeRule = "六位数字 AABBCC，上级分类须已存在",
        IsCode = (code, around) => ClassCode.IsCode(code) && (ClassCode.ParentOf(code) is not { } parent || around.Copy.Day.FindClass(parent)?.Code == parent),
        Rules = (_, v, _) => v["name"].Contains("->", StringComparison.Ordinal) ? [("name", "名称不能含有“->”。")] : [],
        KeepsBecause = (code, around) => around.Copy.Day.Classes.Any(c => c.ParentCode == code) ? "还有下级分类，请先停用下级分类。" : null,
    };

    public static CatalogTable<DirectoryRow> Directory { get; } = new("directory", "派单目录", r => r.Code, r => new Dictionary<string, string>
    {
        ["class"] = r.ClassCode, ["place"] = r.Place, ["condition"] = r.Condition, ["leadRule"] = r.LeadRule.ToString(), ["leadUnit"] = r.LeadUnit,
        ["coUnits"] = r.CoUnits, ["basis"] = r.Basis, ["auto"] = r.IsAuto ? TableField.Yes : "",
    }, (code, v) => new()
    {
        Code = code, ClassCode = v["class"], Place = v["place"], Condition = v["condition"], LeadRule = Enum.Parse<LeadRule>(v["leadRule"]), LeadUnit = v["leadUnit"],
        CoUnits = v["coUnits"], Basis = v["basis"], IsAuto = v.Flag("auto"),
    })
    {
        Fields =
        [
            new("class", "问题分类") { IsRequired = true, Longest = 6, Hint = "六位编码，任一级均可" },
            new("place", "街道（镇）", FieldKind.Choice) { Options = Choices.Towns, Hint = "不选则适用全区" },
            new("condition", "条件") { Longest = 500, Hint = "诉求内容含有其中一词时适用，用顿号分隔；不填则总适用" },
            new("leadRule", "派单规则", FieldKind.Choice) { IsRequired = true, Options = _ => Enum.GetValues<LeadRule>().Select(r => new Option(r.ToString(), DispatchDirectory.NameOf(r))) },
            new("leadUnit", "主办单位", FieldKind.Choice) { Options = Choices.Units, Hint = "不选：属地为所在街镇，行业为分类的行业部门" },
            new("coUnits", "协办单位", FieldKind.Choices) { Longest = 500, Options = a => Choices.Units(a).Prepend(new(DispatchDirectory.TheStreet, DispatchDirectory.TheStreet)) },
            new("basis", "依据") { IsRequired = true, Longest = 500 },
            new("auto", "自动派单", FieldKind.Flag) { Hint = "符合可信度要求时不经人工直接派发" },
        ],
        Group = new("派单规则", (_, v) => v["leadRule"], _ => Enum.GetValues<LeadRule>().Select(r => new Option(r.ToString(), DispatchDirectory.NameOf(r)))),
        CodeRule = "以 PD 开头，字母、数字和连字符，例如 PD030100-3",
        IsCode = (code, _) => code.StartsWith("PD", StringComparison.Ordinal) && code.Length is > 2 and <= 32 && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'),
        Rules = (_, v, around) =>
        [
            .. Choices.UnknownClasses("class", v["class"], around),
            .. v["leadRule"] == nameof(LeadRule.Company) && v["leadUnit"].Length == 0 ? [("leadUnit", "公共服务企业规则须选择主办单位。")] : Array.Empty<(string, string)>(),
        ],
    };

    public static CatalogTable<TimeLimitRow> TimeLimits { get; } = new("time-limits", "时限政策", r => r.Name, r => new Dictionary<string, string>
    {
        ["name"] = r.Name, ["urgency"] = r.Urgency, ["requestType"] = r.RequestType, ["classes"] = r.Classes, ["sign.value"] = Text(r.SignValue), ["sign.unit"] = r.SignUnit,
        ["handle.value"] = Text(r.HandleValue), ["handle.unit"] = r.HandleUnit, ["return.value"] = Text(r.ReturnValue), ["return.unit"] = r.ReturnUnit,
        ["rework.percent"] = Text(r.ReworkPercent), ["rework.hours"] = Text(r.ReworkMinimumHours), ["pausable"] = r.IsPausable ? TableField.Yes : "",
        ["extendable"] = r.IsExtendable ? TableField.Yes : "", ["maxExtensions"] = Text(r.MaxExtensions), ["maxDispatches"] = Text(r.MaxDispatches),
        ["buffer.hours"] = Text(r.StreetBufferHours), ["buffer.percent"] = Text(r.StreetBufferPercent),
    }, (code, v) => new()
    {
        Code = code, Name = v["name"], Urgency = v["urgency"], RequestType = v["requestType"], Classes = v["classes"], SignValue = v.Number("sign.value"), SignUnit = v["sign.unit"],
        HandleValue = v.Number("handle.value"), HandleUnit = v["handle.unit"], ReturnValue = v.Number("return.value"), ReturnUnit = v["return.unit"],
        ReworkPercent = v.Number("rework.percent"), ReworkMinimumHours = v.Number("rework.hours"), IsPausable = v.Flag("pausable"), IsExtendable = v.Flag("extendable"),
        MaxExtensions = v.Number("maxExtensions"), MaxDispatches = v.Number("maxDispatches"), StreetBufferHours = v.Number("buffer.hours"), StreetBufferPercent = v.Number("buffer.percent"),
    })
    {
        Fields =
        [
            new("name", "名称") { IsRequired = true },
            new("urgency", "紧急程度", FieldKind.Choice) { Options = a => Choices.Names(a, DictionaryNames.Urgencies), Hint = "不选则适用全部" },
            new("requestType", "诉求类型", FieldKind.Choice) { Options = a => Choices.Names(a, DictionaryNames.RequestTypes), Hint = "不选则适用全部" },
            new("classes", "问题分类") { Longest = 500, Hint = "六位编码，用顿号分隔；不填则适用全部" },
            Amount("handle.value", "办理时限", 1, TimeLimit.Longest),
            Unit("handle.unit", "办理单位", false),
            Amount("sign.value", "签收时限", 1, TimeLimit.Longest),
            Unit("sign.unit", "签收单位", true),
            Amount("return.value", "退单时限", 1, TimeLimit.Longest, listed: false),
            Unit("return.unit", "退单单位", true, listed: false),
            Amount("rework.percent", "重办比例", 1, 100, "重办时限占原时限的百分比", listed: false),
            Amount("rework.hours", "重办最短", 1, TimeLimit.Longest, "小时", listed: false),
            new("pausable", "可以暂停", FieldKind.Flag) { IsListed = false },
            new("extendable", "可以延期", FieldKind.Flag),
            Amount("maxExtensions", "延期次数", 0, 10, listed: false),
            Amount("maxDispatches", "派单次数", 1, 20, "超过后由区中心指定", listed: false),
            Amount("buffer.hours", "街镇提前", 0, 240, "小时，用于按日计的时限", listed: false),
            Amount("buffer.percent", "街镇提前", 0, 90, "百分比，用于按小时计的时限", listed: false),
        ],
        CodeRule = "大写字母、数字和连字符，例如 D7-NC",
        IsCode = (code, _) => code.Length is > 0 and <= 32 && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-'),
        Rules = (_, v, around) => Choices.UnknownClasses("classes", v["classes"], around),
    };

    public static CatalogTable<ReasonRow> Reasons { get; } = new("reasons", "原因代码", r => r.Name, r => new Dictionary<string, string>
    {
        ["kind"] = r.Kind, ["name"] = r.Name,
    }, (code, v) => new() { Code = code, Kind = v["kind"], Name = v["name"] })
    {
        Fields =
        [
            new("kind", "类别", FieldKind.Choice) { IsRequired = true, Options = _ => Choices.ReasonKinds.Select(k => new Option(k.Code, $"{k.Name} {k.Code}")) },
            new("name", "名称") { IsRequired = true },
        ],
        Group = new("类别", (_, v) => v["kind"], _ => Choices.ReasonKinds.Select(k => new Option(k.Code, k.Name))),
        CodeRule = "类别、短横线加两位数字，例如 RTN-08",
        IsCode = (code, _) => code.Length == 6 && code[3] == '-' && Choices.ReasonKinds.Any(k => code.StartsWith(k.Code, StringComparison.Ordinal)) && Choices.IsDigits(code[4..], 2),
        Rules = (code, v, _) => code.StartsWith(v["kind"], StringComparison.Ordinal) ? [] : [("kind", "类别须与编码的前三位一致。")],
    };

    public static CatalogTable<ApprovalRow> Approvals { get; } = new("approvals", "审批链", r => Choices.Applications.FirstOrDefault(a => a.Code == r.Code).Name ?? r.Code, r => new Dictionary<string, string>
    {
        ["chain"] = r.Chain,
    }, (code, v) => new() { Code = code, Chain = v["chain"] })
    {
        Fields = [new("chain", "审批层级") { IsRequired = true, Longest = 100, Hint = "每级写角色代码和时限小时数，用逗号分隔，最多三级，例如 DR 24, DL 48；同级多个角色用斜线，例如 DR/DL 24" }],
        CodeRule = $"申请类别：{string.Join('、', Choices.Applications.Select(a => $"{a.Code} {a.Name}"))}",
        IsCode = (code, _) => Choices.Applications.Any(a => a.Code == code),
        Rules = (_, v, _) => ApprovalChain.TryRead(v["chain"]) is null ? [("chain", "无法识别。每级写角色代码和 1 到 720 的小时数，用逗号分隔，最多三级，例如 DR 24, DL 48。")] : [],
        KeepsBecause = (_, _) => "审批链不能停用，请改为新的层级。",
    };

    public static CatalogTable<CalendarYearRow> CalendarYears { get; } = new("calendar-years", "放假安排", r => $"{r.Code} 年放假安排", r => new Dictionary<string, string>
    {
        ["notice"] = r.Notice, ["holidays"] = r.Holidays, ["swapDays"] = r.SwapDays,
    }, (code, v) => new() { Code = code, Notice = v["notice"], Holidays = v["holidays"], SwapDays = v["swapDays"] })
    {
        Fields =
        [
            new("notice", "通知名称") { IsRequired = true, Longest = 500, Hint = "国务院办公厅放假通知的名称" },
            new("holidays", "放假日期", FieldKind.Text) { IsRequired = true, Longest = 4000, Hint = "每行一段，例如 2026-01-01~2026-01-03 元旦" },
            new("swapDays", "调休上班", FieldKind.Text) { Longest = 4000, Hint = "每行一天，例如 2026-01-04" },
        ],
        CodeRule = "四位年份",
        IsCode = (code, _) => Choices.IsDigits(code, 4) && string.CompareOrdinal(code, "2000") >= 0 && string.CompareOrdinal(code, "2099") <= 0,
        Rules = CalendarProblems,
    };

    public static CatalogTable<WorkingHoursRow> WorkingHours { get; } = new(
        "working-hours", "标准工作时间", _ => "标准工作时间", r => r.Days.ToDictionary(d => WeekText.Days.Single(x => x.Day == d.Key).Wire, d => d.Value),
        (code, v) => new() { Code = code, Mon = v["mon"], Tue = v["tue"], Wed = v["wed"], Thu = v["thu"], Fri = v["fri"], Sat = v["sat"], Sun = v["sun"] })
    {
        Fields = [.. WeekText.Days.Select(d => new TableField(d.Wire, d.Name) { Hint = "例如 09:00-12:00 13:30-18:00；休息日不填" })],
        Rules = HourProblems,
        KeepsBecause = (_, _) => "标准工作时间不能停用，请改为新的时间。",
    };

    public static CatalogTable<DictionaryRow> Dictionaries { get; } = new("dictionaries", "统一字典", r => r.Name, r => new Dictionary<string, string>
    {
        ["name"] = r.Name, ["rank"] = Text(r.Rank),
    }, (code, v) => new() { Code = code, Name = v["name"], Rank = v.Number("rank") })
    {
        Fields = [new("name", "名称") { IsRequired = true }, Amount("rank", "顺序", 0, 1000)],
        Group = new("字典", (code, _) => code.Split(DictionaryRow.Colon)[0], _ => Choices.Dictionaries.Select(d => new Option(d.Code, d.Name))),
        CodeRule = "字典名加冒号加代码，例如 channels:kiosk；字典有 channels、request-types、urgencies、seven-five",
        IsCode = (code, around) => code.Split(DictionaryRow.Colon) is [var name, { Length: > 0 and <= 32 } item]
            && around.Copy.Day.Dictionary(name).Count > 0 && item.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'),
    };

    public static CatalogTable<PlaceRow> Places { get; } = new("places", "街镇与社区", r => r.Name, r => new Dictionary<string, string> { ["name"] = r.Name }, (code, v) => new() { Code = code, Name = v["name"] })
    {
        Fields = [new("name", "名称") { IsRequired = true }],
        Group = new("街道（镇）", (code, _) => code[..9], Choices.Towns),
        CodeRule = "区划代码：街镇九位，社区（村）十二位且街镇须已存在",
        IsCode = (code, around) => Choices.IsDigits(code, 9) || (Choices.IsDigits(code, 12) && around.Copy.Day.FindPlace(code[..9]) is not null),
        KeepsBecause = (code, around) => around.Copy.Day.Places.Any(p => p.ParentCode == code) ? "还有下属社区（村），请先停用。" : null,
    };

    public static CatalogTable<FormRow> Forms { get; } = new("forms", "表单定义", r => r.Title, r => new Dictionary<string, string>
    {
        ["title"] = r.Title, ["questions"] = FormText.Typed(FormText.Questions(r.Questions).Select(TypedQuestion.Of)),
    }, (code, v) => new() { Code = code, Title = v["title"], Questions = FormText.Stored(FormText.Typed(v["questions"]).Select(q => q.ToQuestion())) })
    {
        Fields =
        [
            new("title", "名称") { IsRequired = true },
            new("questions", "字段", FieldKind.Questions) { IsRequired = true, Longest = 100_000, IsListed = false },
        ],
        Group = new("表单", (code, _) => FormCodes.KindOf(code), _ => [new(FormCodes.Reply, "回复"), new(FormCodes.Intake, "登记")]),
        CodeRule = "reply（回复）或 intake（登记），只用于一种诉求类型时加冒号和类型，例如 reply:咨询",
        IsCode = (code, around) => code.Split(':') is [FormCodes.Reply or FormCodes.Intake, .. var type]
            && (type is [] || (type is [var name] && around.Copy.Day.Dictionary(DictionaryNames.RequestTypes).Any(t => t.Name == name))),
        Rules = (code, v, around) => FormProblems.Of(code, FormText.Typed(v["questions"]), around.Copy.Day).ToArray() is { Length: > 0 } problems
            ? [("questions", string.Join('\n', problems))] : [],
    };

    public static CatalogTable<PhraseRow> Phrases { get; } = new("phrases", "常用语与话术", r => r.Title, r => new Dictionary<string, string>
    {
        ["use"] = r.Use, ["title"] = r.Title, ["text"] = r.Text, ["class"] = r.ClassCode, ["unit"] = r.Unit, ["rank"] = Text(r.Rank), ["ticks"] = r.Ticks, ["words"] = r.Words,
    }, (code, v) => new()
    {
        Code = code, Use = v["use"], Title = v["title"], Text = v["text"], ClassCode = v["class"], Unit = v["unit"], Rank = v.Number("rank"), Ticks = v["ticks"], Words = v["words"],
    })
    {
        Fields =
        [
            new("use", "用途", FieldKind.Choice) { IsRequired = true, Options = _ => PhraseUses.All.Select(u => new Option(u, u)) },
            new("title", "名称") { IsRequired = true, Longest = 40 },
            new("text", "内容", FieldKind.Text) { IsRequired = true, Longest = 2000, Hint = "可用 {诉求人称呼} {工单编号} {地址} {点位} {分类} {承办单位} {截止时间} {今天}" },
            new("class", "问题分类") { Longest = 6, Hint = "六位编码，任一级均可；不填则适用全部" },
            new("unit", "单位", FieldKind.Choice) { Options = Choices.Units, Hint = "不选则适用全部" },
            Amount("rank", "顺序", 0, 1000, listed: false),
            new("ticks", "对应字段") { Longest = 500, Hint = "话术专用：登记表单中填好即算完成的字段，用顿号分隔，例如 address、town", IsListed = false },
            new("words", "触发词") { Longest = 500, Hint = "话术专用：诉求内容出现其中一词时立即提示，用顿号分隔", IsListed = false },
        ],
        Group = new("用途", (_, v) => v["use"], _ => PhraseUses.All.Select(u => new Option(u, u))),
        CodeRule = "大写字母、数字和连字符，例如 HF-10",
        IsCode = (code, _) => code.Length is > 0 and <= 32 && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-'),
        Rules = (_, v, around) =>
        [
            .. Choices.UnknownClasses("class", v["class"], around),
            .. v["use"] != PhraseUses.Script && (v["ticks"].Length > 0 || v["words"].Length > 0) ? [("ticks", "对应字段和触发词只用于话术，请清空。")] : Array.Empty<(string, string)>(),
        ],
    };

    public static CatalogTable<MassEventRuleRow> MassEvents { get; } = new("mass-event-rules", "群体性事件规则", _ => "群体性事件规则", r => new Dictionary<string, string>
    {
        ["day"] = Text(r.CallersInDay), ["week"] = Text(r.CallersInWeek), ["third"] = Text(r.ThirdTimes), ["second"] = Text(r.SecondTimes), ["first"] = Text(r.FirstTimes),
        ["headcount"] = Text(r.Headcount), ["words"] = r.Words, ["except"] = r.Except, ["byPoint"] = r.ByPoint ? TableField.Yes : "",
    }, (code, v) => new()
    {
        Code = code, CallersInDay = v.Number("day"), CallersInWeek = v.Number("week"), ThirdTimes = v.Number("third"), SecondTimes = v.Number("second"), FirstTimes = v.Number("first"),
        Headcount = v.Number("headcount"), Words = v["words"], Except = v["except"], ByPoint = v.Flag("byPoint"),
    })
    {
        Fields =
        [
            Amount("day", "24 小时人数", 2, 1000, "24 小时内反映同一问题的不同诉求人达到此数，即为疑似事件（四级）"),
            Amount("week", "7 日人数", 2, 1000, "7 日内不同诉求人达到此数，即为疑似事件（四级）"),
            Amount("third", "三级倍数", 2, 1000, "达到上述人数的多少倍为三级"),
            Amount("second", "二级倍数", 2, 1000, "达到多少倍为二级"),
            Amount("first", "一级倍数", 2, 1000, "达到多少倍为一级"),
            Amount("headcount", "文中人数", 2, 10_000, "诉求提到的人数或户数达到此数，升一级；“三十多户”算 30"),
            new("words", "聚集词") { Longest = 500, Hint = "诉求出现其中一词，升一级，并提示报 110；用顿号分隔" },
            new("except", "例外词") { Longest = 500, Hint = "含有聚集词但不算的词，例如集体宿舍；用顿号分隔", IsListed = false },
            new("byPoint", "按点位归并", FieldKind.Flag) { Hint = "同一点位（或企业）、同一二级分类的工单，文字不相似也作为一个事件判断" },
        ],
        Rules = (_, v, _) => v.Number("third") < v.Number("second") && v.Number("second") < v.Number("first") ? [] : [("second", "倍数须逐级增加：三级小于二级，二级小于一级。")],
        KeepsBecause = (_, _) => "群体性事件规则不能停用，请改为新的人数。",
    };

    public static IReadOnlyList<CatalogTable> All { get; } = [Classes, Directory, TimeLimits, Reasons, CalendarYears, WorkingHours, Dictionaries, Places, Approvals, Forms, Phrases, MassEvents];

    public static CatalogTable? Find(string slug) => All.FirstOrDefault(t => t.Slug == slug);

    private static TableField Amount(string name, string label, int least, int most, string? hint = null, bool listed = true) =>
        new(name, label, FieldKind.Number) { IsRequired = true, Least = least, Most = most, Hint = hint, IsListed = listed };

    private static TableField Unit(string name, string label, bool minutes, bool listed = true) => new(name, label, FieldKind.Choice)
    {
        IsRequired = true,
        IsListed = listed,
        Options = _ => minutes ? Choices.LimitUnits.Append(new("minute", "分钟")) : Choices.LimitUnits,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(string Field, string Message)> CalendarProblems(string code, RowValues values, Surroundings around)
    {
        if (!Choices.IsDigits(code, 4))
        {
            yield break;    // the code itself is refused
        }

        var year = int.Parse(code, CultureInfo.InvariantCulture);
        var (off, swaps) = (CalendarText.DaysOf(values["holidays"], year), CalendarText.DaysOf(values["swapDays"], year));
        if (off is null)
        {
            yield return ("holidays", $"有一行无法识别，或不在 {year} 年内。每行写作 {year}-01-01~{year}-01-03 元旦。");
        }

        if (swaps is null)
        {
            yield return ("swapDays", $"有一行无法识别，或不在 {year} 年内。每行写作 {year}-01-04。");
        }

        if (off is not null && swaps is not null && off.Select(d => d.Day).Intersect(swaps.Select(d => d.Day)).Any())
        {
            yield return ("swapDays", "有一天既放假又上班，请核对。");
        }
    }

    private static IEnumerable<(string Field, string Message)> HourProblems(string code, RowValues values, Surroundings around)
    {
        var week = WeekText.Days.ToDictionary(d => d.Day, d => WeekText.SpansOf(values[d.Wire]));
        var unreadable = WeekText.Days.Where(d => week[d.Day] is null).ToArray();
        foreach (var (_, wire, name) in unreadable)
        {
            yield return (wire, $"{name}的工作时段无法识别，请写作 09:00-18:00。");
        }

        if (unreadable.Length > 0)
        {
            yield break;
        }

        if (week.Values.All(s => s!.Count == 0))
        {
            yield return ("mon", "每周至少要有一个工作时段。");
        }

        foreach (var (wire, problem) in WeekText.Problems(week.ToDictionary(w => w.Key, w => w.Value!)))
        {
            yield return (wire, problem);
        }
    }
}
