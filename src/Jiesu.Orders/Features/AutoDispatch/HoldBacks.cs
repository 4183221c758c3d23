using Jiesu.Orders.Features.Advice;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.AutoDispatch;

/// <summary>不自动派发的情形 that the order itself shows; the rest (state, daily limit, whether it accuses the unit) is asked where the unit is known.</summary>
internal sealed class HoldBacks(IOptions<OrdersSettings> settings)
{
    public const string Accused = "反映的是承办单位自身";

    /// <summary>普通 by name and as the channels leave it out.</summary>
    private static readonly string?[] Ordinary = [null, "", "普通"];

    /// <param name="advice">智能建议 as it was stored; without it nobody has looked for words that call for a person.</param>
    /// <returns>Why a person must decide; null where a rule may.</returns>
    public string? Of(bool isSecret, string? urgency, string? advice) =>
        isSecret ? "保密工单"
        : !Ordinary.Contains(urgency) ? "紧急工单"
        : advice is null ? "尚无智能建议"
        : AdviceView.Read(advice).Flags.FirstOrDefault(f => settings.Value.AutoDispatchFlags.Split(',', '，', '、').Contains(f)) is { } flag ? $"标记词：{flag}"
        : null;
}
