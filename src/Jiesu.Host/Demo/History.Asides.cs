using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Host.Demo;

/// <summary>What happens beside the straight way: helpers, whistles, time that is asked for, supervision, orders that belong together.</summary>
internal sealed partial class History
{
    /// <summary>One of many things while the unit handles the order; false when the present is reached or the order waits for long.</summary>
    private async Task<bool> AsideAsync(Guid lead, CancellationToken ct) => random.Next(100) switch
    {
        < 3 => await ExtendAsync(lead, ct),
        < 5 => await PauseAsync(ct),
        < 6 => await HoldAsync(lead, ct),
        < 9 => await HelpAsync(lead, ct),
        < 12 => await WhistleAsync(lead, ct),
        < 17 => await ActAsync("meet", cast.Of("UC", lead), new() { Note = "上门与诉求人当面沟通，查看现场并说明处理安排。" }, 60, 600, ct),
        < 20 => await SuperviseAsync(lead, ct),
        < 21 => await ActAsync("escalate", cast.Centre("DL"), new() { Note = "由分管副区长牵头协调。" }, 60, 600, ct),
        < 22 => await ActAsync("instruct", cast.Centre("DL"), new() { Note = "请主办单位限期解决，并举一反三排查同类问题。" }, 60, 600, ct),
        < 23 => await ActAsync("correct", cast.Centre("DR"), new() { Note = "与诉求人核对后更正点位。", PointName = "小区北门" }, 30, 300, ct),
        < 25 => await TwinAsync(isMerged: true, ct),
        < 26 => await TwinAsync(isMerged: false, ct),
        _ => true,
    };

    private async Task<bool> ExtendAsync(Guid lead, CancellationToken ct)
    {
        ActionRequest asked = new() { ReasonCode = "EXT-03", Reason = "须采购配件并安排施工，已向诉求人说明。", Until = _at.AddDays(9) };
        if (!await TryAsync("extend", cast.Of("UC", lead), asked, 60, 600, ct))
        {
            return _at < present;
        }

        return random.Next(10) switch
        {
            < 7 => await ActAsync("extend", cast.Centre("DR"), new() { Decision = "approve", Opinion = "理由充分，同意延期。" }, 20, 300, ct),
            < 9 => await ActAsync("extend", cast.Centre("DR"), new() { Decision = "reject", Opinion = "可在原时限内完成，请按期办理。" }, 20, 300, ct),
            _ => await ActAsync("extend", cast.Of("UC", lead), new() { Decision = "withdraw", Note = "配件已到货，无需延期。" }, 20, 300, ct),
        };
    }

    private async Task<bool> PauseAsync(CancellationToken ct) =>
        await ActAsync("pause", cast.Centre("DR"), new() { ReasonCode = "PAU-01", Until = _at.AddDays(3), Note = "待诉求人补充材料。" }, 60, 600, ct)
        && await ActAsync("resume", cast.Centre("DR"), new() { Note = "诉求人已补充材料。" }, 600, 2000, ct);

    /// <summary>Most of them are still on the ledger today.</summary>
    private async Task<bool> HoldAsync(Guid lead, CancellationToken ct) =>
        await ActAsync("hold", cast.Of("UC", lead), new() { ReasonCode = "HLD-02", Reason = "须待老旧小区改造统一实施。", Basis = "年度改造计划", Until = _at.AddDays(90) }, 120, 900, ct)
        && await ActAsync("hold", cast.Centre("DR"), new() { Decision = "approve", Opinion = "列入改造计划，同意挂账。" }, 60, 900, ct)
        && random.NextDouble() < 0.4
        && await ActAsync("release", cast.Centre("DR"), new() { Note = "改造提前实施，同意销账。" }, 4000, 14000, ct);

    private async Task<bool> HelpAsync(Guid lead, CancellationToken ct)
    {
        if (Department(lead) is not { } helper)
        {
            return true;
        }

        return await TryAsync("add-handler", cast.Of("UC", lead), new() { CoUnits = [helper.Code.Value], Reason = "需专业部门配合勘查。" }, 30, 300, ct)
            ? await ActAsync("add-handler", cast.Centre("DP"), new() { Decision = "approve", Opinion = "同意加派。" }, 10, 120, ct)
            : _at < present;
    }

    private async Task<bool> WhistleAsync(Guid lead, CancellationToken ct)
    {
        if (Department(lead) is not { } called)
        {
            return true;
        }

        return await TryAsync("whistle", cast.Of("UC", lead), new() { CoUnits = [called.Code.Value], Note = "请派人到现场会商处置。", Until = _at.AddHours(random.Next(12, 30)) }, 30, 400, ct)
            ? await ActAsync("report-in", cast.Of("UC", called.Id), new() { Result = "已到场会商，明确分工，当场处置。", Solved = random.NextDouble() < 0.8 }, 30, 900, ct)
            : _at < present;
    }

    private async Task<bool> SuperviseAsync(Guid lead, CancellationToken ct)
    {
        if (!await ActAsync("supervise", cast.Centre("SV"), new() { Note = "请说明进展并于三日内反馈。", Until = _at.AddDays(3), Level = random.NextDouble() < 0.2 ? "重点" : "一般" }, 30, 600, ct))
        {
            return false;
        }

        var isOurs = random.NextDouble() < 0.9;
        return await ActAsync(isOurs ? "supervise-feedback" : "supervise-return", cast.Of("UC", lead), isOurs ? new() { Result = "已明确专人负责，预计两日内完成。" } : new() { Reason = "已在办理中，申请不再督办。" }, 60, 1200, ct)
            && await ActAsync("supervise-review", cast.Centre("SV"), new() { Decision = "approve", Opinion = "同意。" }, 30, 600, ct);
    }

    /// <summary>Another caller about the same matter: handled together, or side by side.</summary>
    private async Task<bool> TwinAsync(bool isMerged, CancellationToken ct)
    {
        var first = _order!;
        var receipt = Sure(await DoAsync<IIntake, Receipt>(x => x.ReceiveAsync(_draft! with { CallTime = _at, OrderNo = null, CallerName = null, CallerPhone = null }, cast.Centre("CT"), ct), ct), "create");
        _order = new(receipt.Id, receipt.CaseNo, "Received", receipt.Version, cast.Units.Centre.Id);
        var isDone = await ActAsync("accept", cast.Centre("DP"), new(), 2, 12, ct)
            && await ActAsync(isMerged ? "merge" : "link", cast.Centre("DP"), new() { MasterOrderId = first.Id.ToString(), Note = "反映同一事项。" }, 2, 12, ct);
        _order = isDone && isMerged ? first with { Version = first.Version + 1 } : first;
        return isDone;
    }

    private async Task<bool> TransferAsync(Guid lead, CancellationToken ct)
    {
        if (Department(lead) is not { } other
            || !await ActAsync("unit-return", cast.Of("UC", lead), new() { ReasonCode = "RTN-05", Reason = "该事项应由行业主管部门主办。", Basis = "区级职责清单相关条目", ProposedUnit = other.Code.Value }, 10, 60, ct)
            || !await ActAsync("decide-return", cast.Centre("DR"), new() { Decision = "approve", Opinion = "理由成立，直接转办。", Lead = other.Code.Value }, 10, 60, ct))
        {
            return false;
        }

        _lead = other.Id;
        return true;
    }

    /// <summary>Twice given back; at the third dispatch the district designates, and the unit can only object.</summary>
    private async Task<bool> ObjectAsync(Guid lead, string code, CancellationToken ct)
    {
        for (var round = 0; round < 2; round++)
        {
            if (!await ActAsync("unit-return", cast.Of("UC", lead), new() { ReasonCode = "RTN-02", Reason = "经核实不属本单位职责。", Basis = "区级职责清单相关条目" }, 10, 60, ct)
                || !await ActAsync("decide-return", cast.Centre("DP"), new() { Decision = "approve", Opinion = "同意退回，另行研究。" }, 10, 60, ct)
                || !await ActAsync("redispatch", cast.Centre("DP"), new() { Lead = code, Note = "经会商由你单位承办。" }, 5, 40, ct))
            {
                return false;
            }
        }

        return true;
    }

    private async Task ReturnUpAsync(CancellationToken ct)
    {
        if (await ActAsync("return-up", cast.Centre("DP"), new() { Reason = "点位不在本区。", Basis = "行政区划图", ReasonCode = "RTN-01" }, 5, 60, ct))
        {
            await ActAsync("decide-return", cast.Centre("DR"), new() { Decision = "approve", Opinion = "同意退回市级。" }, 10, 120, ct);
        }
    }

    /// <summary>An order of the city: its receipt, and now and then its rejection.</summary>
    private async Task<bool> SubmittedAsync(CancellationToken ct)
    {
        if (_order!.State != "Submitted")
        {
            return true;
        }

        if (random.NextDouble() < 0.08)
        {
            await ActAsync("city-reject", cast.Centre("DR"), new() { Reason = "市级要求补充现场照片。" }, 30, 600, ct);
            return false;
        }

        return await ActAsync("receipt", cast.Centre("DR"), new() { Note = $"SJ{random.Next(100_000_000)}" }, 5, 60, ct);
    }

    private async Task AppealAsync(Guid lead, CancellationToken ct)
    {
        if (await ActAsync("appeal", cast.Of("UC", lead), new() { Reason = "录音 1 分 20 秒诉求人表示已解决。", Solved = true, Satisfied = "基本满意" }, 200, 2000, ct))
        {
            var approved = random.NextDouble() < 0.5;
            await ActAsync("appeal", cast.Centre("EV"), new() { Decision = approved ? "approve" : "reject", Opinion = approved ? "经复听录音，申诉成立。" : "录音不支持申诉理由。" }, 300, 2000, ct);
        }
    }

    private Task<bool> CheckAsync(CancellationToken ct)
    {
        var isTrue = random.NextDouble() < 0.9;
        return ActAsync("field-check", cast.Centre("SV"), new() { Result = isTrue ? "现场核查，问题已解决。" : "现场核查，问题仍然存在。", Solved = isTrue }, 600, 4000, ct);
    }

    private UnitView? Department(Guid otherThan)
    {
        var departments = cast.Units.All.Where(u => u.Kind == UnitKind.Department && u.Id != otherThan).ToArray();
        return departments.Length == 0 ? null : departments[random.Next(departments.Length)];
    }

    /// <summary>As <see cref="ActAsync"/>; false also when the rules of the order do not allow it, which life does not know beforehand either.</summary>
    private async Task<bool> TryAsync(string action, Actor actor, ActionRequest request, int least, int most, CancellationToken ct)
    {
        _at = _at.AddMinutes(least + (random.NextDouble() * random.NextDouble() * (most - least)));
        if (_at >= present || --_stepsLeft < 0)
        {
            return false;
        }

        var result = await DoAsync<IOrderActions, OrderStanding>(x => x.ActAsync(_order!.Id, action, request, _order.Version, actor, ct), ct);
        _order = result.Error is null ? result.Value : _order;
        return result.Error is null;
    }
}
