using Jiesu.Catalog.Contracts;
using Jiesu.Platform;

namespace Jiesu.Catalog.Domain;

/// <summary>日历自检 (REL-31): deadlines of this year need its holiday notice; that of the next year comes out in autumn and is needed before the year begins.</summary>
internal sealed class CalendarCheck(IWorkingCalendars calendars, TimeProvider clock) : ISelfCheck
{
    private const int December = 12;

    public string Name => "工作日历";

    public async Task<CheckResult> RunAsync(bool isThorough, CancellationToken ct)
    {
        var (calendar, today) = (await calendars.GetAsync(ct), clock.Today());
        int[] needed = today.Month == December ? [today.Year, today.Year + 1] : [today.Year];
        var remark = calendar.HasNotice(today.Year + 1) ? $"{today.Year}、{today.Year + 1} 年放假安排已录入" : $"{today.Year + 1} 年放假安排尚未录入，最迟 12 月录入";
        return new(remark, [.. needed.Where(y => !calendar.HasNotice(y)).Select(y => $"没有 {y} 年的放假安排，期限按普通周计算。请在“业务目录—工作日历”录入国务院办公厅通知。")]);
    }
}
