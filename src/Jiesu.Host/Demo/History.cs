using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Host.Demo;

/// <summary>One order's way through the house, step by step, until it ends or reaches the present.</summary>
internal sealed partial class History(IServiceScopeFactory scopes, Pace pace, Cast cast, ShiftedClock clock, DateTimeOffset present, Random random)
{
    /// <summary>What came in within this time before the present still lies on somebody's desk.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(18);

    private DateTimeOffset _at;
    private int _stepsLeft = int.MaxValue;
    private OrderStanding? _order;
    private NewOrder? _draft;

    /// <summary>Whom a return went to; null while the first unit has it.</summary>
    private Guid? _lead;

    /// <summary>Writes the order and everything that happened to it before the present.</summary>
    /// <param name="advice">Who should handle it, as the directory says; null leaves it waiting for the dispatcher.</param>
    public async Task WriteAsync(NewOrder draft, DateTimeOffset from, Func<Guid?> advice, CancellationToken ct)
    {
        _at = from;
        if (present - from < Fresh)
        {
            _stepsLeft = random.Next(4);
        }

        var forwarded = random.NextDouble() < 0.08;
        _draft = draft with { CallTime = from.AddMinutes(-random.Next(1, 6)), OriginType = forwarded ? 1 : draft.OriginType };
        var receipt = Sure(await DoAsync<IIntake, Receipt>(x => x.ReceiveAsync(_draft, cast.Centre("CT"), ct), ct), "create");
        _order = new(receipt.Id, receipt.CaseNo, "Received", receipt.Version, cast.Units.Centre.Id);
        if (await SettleAtOnceAsync(draft, ct) || !await ActAsync("accept", cast.Centre("DP"), new() { ClassL3 = draft.ClassL3 }, 2, 12, ct))
        {
            return;
        }

        if (random.NextDouble() < 0.006)
        {
            await ReturnUpAsync(ct);
            return;
        }

        if (advice() is { } lead && await DispatchAsync(lead, ct))
        {
            await HandleAsync(_lead ?? lead, ct);
        }
    }

    /// <summary>Questions that the call-taker answers, and what cannot be accepted.</summary>
    private async Task<bool> SettleAtOnceAsync(NewOrder draft, CancellationToken ct)
    {
        if (draft.RequestType == "咨询" && random.NextDouble() < 0.35)
        {
            await ActAsync("answer", cast.Centre("CT"), new() { Result = "已按知识库告知办理条件、所需材料和窗口地址，诉求人表示清楚。", ClassL3 = draft.ClassL3 }, 2, 8, ct);
            return true;
        }

        if (random.NextDouble() >= 0.012)
        {
            return false;
        }

        if (await ActAsync("refuse", cast.Centre("CT"), new() { ReasonCode = "NAC-01", Note = "该事项已进入诉讼程序，已告知诉求人通过法院途径解决。" }, 3, 10, ct))
        {
            await ActAsync("refuse", cast.Centre("DR"), new() { Decision = "approve", Opinion = "属实，同意不予受理。" }, 10, 90, ct);
        }

        return true;
    }

    private async Task<bool> DispatchAsync(Guid lead, CancellationToken ct)
    {
        var code = cast.Units.Find(lead)!.Code.Value;
        var helper = random.NextDouble() < 0.04 ? Department(lead) : null;
        if (!await ActAsync("dispatch", cast.Centre("DP"), new() { Lead = code, CoUnits = helper is null ? null : [helper.Code.Value], Note = "请尽快联系诉求人，按期办理。" }, 4, 35, ct))
        {
            return false;
        }

        if (random.NextDouble() < 0.06)
        {
            return await BounceAsync(lead, code, ct);
        }

        return true;
    }

    /// <summary>The unit gives the order back; the dispatcher decides, and sends it once more.</summary>
    private async Task<bool> BounceAsync(Guid lead, string code, CancellationToken ct)
    {
        var approved = random.NextDouble() < 0.5;
        if (approved && random.NextDouble() < 0.3)
        {
            return await TransferAsync(lead, ct);
        }

        if (approved && random.NextDouble() < 0.1)
        {
            return await ObjectAsync(lead, code, ct);
        }

        return await ActAsync("unit-return", cast.Of("UC", lead), new() { ReasonCode = "RTN-02", Reason = "经核实，该点位管护责任不在我单位。", Basis = "区级职责清单相关条目" }, 10, 60, ct)
            && await ActAsync("decide-return", cast.Centre("DR"), new() { Decision = approved ? "approve" : "reject", Opinion = approved ? "理由成立，同意退回。" : "点位在你单位辖区内，请继续办理。" }, 10, 60, ct)
            && (!approved || await ActAsync("redispatch", cast.Centre("DP"), new() { Lead = code, Note = "经会商仍由你单位主办。" }, 5, 40, ct));
    }

    private async Task HandleAsync(Guid lead, CancellationToken ct)
    {
        if (!await ActAsync("sign", cast.Of("UC", lead), new(), 2, 45, ct)
            || !await ActAsync("contact", cast.Of("UC", lead), new() { Note = "已电话联系诉求人，了解具体情况并约定上门时间。", Contacted = true }, 30, 900, ct))
        {
            return;
        }

        if (!await AsideAsync(lead, ct))
        {
            return;
        }

        if (random.NextDouble() < 0.05 && !await ActAsync("urge", cast.Centre("SV"), new() { Note = "诉求人再次来电催促，请加快办理。" }, 200, 1500, ct))
        {
            return;
        }

        if (random.NextDouble() < 0.012)
        {
            await CancelAsync(ct);
            return;
        }

        await ReplyAsync(lead, ct);
    }

    private async Task CancelAsync(CancellationToken ct)
    {
        if (await ActAsync("cancel", cast.Centre("CT"), new() { Reason = "诉求人来电表示问题已自行解决，要求撤单。" }, 60, 600, ct))
        {
            await ActAsync("cancel", cast.Centre("DR"), new() { Decision = "approve", Opinion = "经核实同意撤单。" }, 20, 200, ct);
        }
    }

    private async Task ReplyAsync(Guid lead, CancellationToken ct)
    {
        var community = cast.Units.ChildrenOf(lead).Skip(random.Next(12)).FirstOrDefault();
        var replied = community is not null && random.NextDouble() < 0.4
            ? await ThroughCommunityAsync(lead, community, ct)
            : await ActAsync("submit-reply", cast.Of("UC", lead), Reply(), 600, SlowReply(), ct);
        if (replied && await ReviewAsync(lead, ct))
        {
            await AskAsync(lead, ct);
        }
    }

    private async Task<bool> ThroughCommunityAsync(Guid lead, UnitView community, CancellationToken ct) =>
        await ActAsync("sub-dispatch", cast.Of("UC", lead), new() { Lead = community.Code.Value, Note = "请入户核实并反馈。" }, 20, 300, ct)
        && await ActAsync("sign", cast.Of("OF", community.Id), new(), 5, 120, ct)
        && await ActAsync("submit-reply", cast.Of("OF", community.Id), Reply(), 500, SlowReply(), ct);

    /// <summary>Now and then somebody is late.</summary>
    private int SlowReply() => random.NextDouble() < 0.08 ? 16000 : 7000;

    private ActionRequest Reply() => new()
    {
        Contacted = true,
        Solved = random.NextDouble() < 0.93,
        Result = Replies[random.Next(Replies.Length)],
    };

    private async Task<bool> ReviewAsync(Guid lead, CancellationToken ct)
    {
        if (random.NextDouble() < 0.06)
        {
            if (!await ActAsync("unit-review", cast.Of("UR", lead), new() { Decision = "reject", Opinion = "回复未逐项回应诉求，请补充处理过程。" }, 20, 300, ct)
                || !await ActAsync("submit-reply", cast.Of("UC", lead), Reply(), 60, 900, ct))
            {
                return false;
            }
        }

        return await ActAsync("unit-review", cast.Of("UR", lead), new() { Decision = "approve", Opinion = "情况属实，同意上报。" }, 20, 400, ct)
            && await ActAsync("pre-callback", cast.Centre("CB"), new() { Contacted = true, Solved = true, Satisfied = random.NextDouble() < 0.85 ? "满意" : "基本满意" }, 30, 700, ct)
            && await ActAsync("final-review", cast.Centre("DR"), new() { Decision = "approve", Opinion = "同意办结。" }, 20, 500, ct)
            && await SubmittedAsync(ct);
    }

    /// <summary>The callback. How content people are differs from unit to unit, so that the ranking has something to show.</summary>
    private async Task AskAsync(Guid lead, CancellationToken ct)
    {
        if (random.NextDouble() < 0.06)
        {
            if (!await ActAsync("callback-result", cast.Centre("CB"), new() { ReasonCode = "CBF-01", Note = "无人接听，换时段再拨。" }, 120, 1500, ct))
            {
                return;
            }
        }

        var skill = 0.80 + (lead.ToByteArray()[15] % 18 * 0.01);
        var solved = random.NextDouble() < skill;
        var satisfied = solved ? (random.NextDouble() < skill ? "满意" : random.NextDouble() < 0.7 ? "基本满意" : "不满意") : "不满意";
        var answers = new ActionRequest { Contacted = random.NextDouble() < 0.985, Solved = solved, Satisfied = satisfied, ReasonCode = solved ? null : "UNS-02" };
        if (!await ActAsync("callback-result", cast.Centre("CB"), answers, 120, 2600, ct))
        {
            return;
        }

        if (_order!.State == "Rework")
        {
            await AgainAsync(lead, ct);
        }
        else if (!solved && random.NextDouble() < 0.3)
        {
            await ExcludeAsync(lead, ct);
        }
        else if (!solved && random.NextDouble() < 0.3)
        {
            await AppealAsync(lead, ct);
        }
        else if (random.NextDouble() < 0.03)
        {
            await CheckAsync(ct);
        }
        else if (random.NextDouble() < 0.01)
        {
            await ActAsync("reopen", cast.Centre("DR"), new() { Reason = "外部质检发现处理不到位，重新办理。" }, 1500, 6000, ct);
        }
    }

    private async Task AgainAsync(Guid lead, CancellationToken ct)
    {
        if (random.NextDouble() < 0.12)
        {
            await ExcludeAsync(lead, ct);
            return;
        }

        if (await ActAsync("rework", cast.Centre("DP"), new() { Note = "诉求人对办理结果不满意，请重新核实并说明。" }, 30, 600, ct)
            && await ActAsync("sign", cast.Of("UC", lead), new(), 2, 60, ct)
            && await ActAsync("contact", cast.Of("UC", lead), new() { Note = "再次上门并当面说明处理方案。", Contacted = true }, 60, 700, ct)
            && await ActAsync("submit-reply", cast.Of("UC", lead), Reply(), 300, 3000, ct)
            && await ReviewAsync(lead, ct))
        {
            await AskAsync(lead, ct);
        }
    }

    private async Task ExcludeAsync(Guid lead, CancellationToken ct)
    {
        if (await ActAsync("exclusion", cast.Of("UC", lead), new() { ReasonCode = "EXC-02", Reason = "诉求超出政策范围，已依法办理并当面解释。" }, 200, 2000, ct))
        {
            var approved = random.NextDouble() < 0.6;
            await ActAsync("exclusion", cast.Centre("EV"), new() { Decision = approved ? "approve" : "reject", Opinion = approved ? "证据充分，同意剔除。" : "未提供录音佐证，不予剔除。" }, 300, 2500, ct);
        }
    }

    /// <summary>One step after a while of <paramref name="least"/> to <paramref name="most"/> minutes; false when that lies in the future.</summary>
    private async Task<bool> ActAsync(string action, Actor actor, ActionRequest request, int least, int most, CancellationToken ct)
    {
        _at = _at.AddMinutes(least + (random.NextDouble() * random.NextDouble() * (most - least)));
        if (_at >= present || --_stepsLeft < 0)
        {
            return false;
        }

        _order = Sure(await DoAsync<IOrderActions, OrderStanding>(x => x.ActAsync(_order!.Id, action, request, _order.Version, actor, ct), ct), action);
        return true;
    }

    private Task<Result<T>> DoAsync<TDoor, T>(Func<TDoor, Task<Result<T>>> step, CancellationToken ct)
        where TDoor : notnull =>
        pace.AtAsync(
            _at,
            async () =>
            {
                clock.Now = _at;
                await using var scope = scopes.CreateAsyncScope();
                return await step(scope.ServiceProvider.GetRequiredService<TDoor>());
            },
            ct);

    private T Sure<T>(Result<T> result, string action) =>
        result.Error is { } e ? throw new InvalidOperationException($"Demo: {action} on {_order?.CaseNo} ({_order?.State}) was refused: {e.Code} {string.Join(',', e.Fields.Keys)} {e.Message}") : result.Value;

    private static readonly string[] Replies =
    [
        "接单后立即联系诉求人并到现场核实，情况属实。已协调责任单位完成处理，现场复查符合要求，诉求人表示认可。",
        "工作人员当日到场查看，督促责任方整改到位，并纳入日常巡查，已将处理结果告知诉求人。",
        "经核实，问题由设施老化引起，已安排更换并恢复正常使用，留存整改前后照片。",
        "已会同社区、物业现场协调，双方达成一致意见，相关工作已完成，后续将持续跟踪。",
        "执法人员到现场检查，对当事人进行批评教育并责令限期改正，复查时已整改完毕。",
        "已向诉求人详细解释相关政策和办理流程，提供办事窗口电话，诉求人表示理解。",
    ];
}
