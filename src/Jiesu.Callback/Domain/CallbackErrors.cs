using Jiesu.Platform;

namespace Jiesu.Callback.Domain;

/// <summary>Every refusal of this module.</summary>
internal static class CallbackErrors
{
    public static Error NotFound() => new(ErrorKind.NotFound, "callback.not_found", "回访任务不存在，或不在您的数据范围内。");
    public static Error UnknownKind() => new(ErrorKind.Invalid, "callback.kind_unknown", "kind 只能是 pre 或 final。", "kind");
    public static Error UnknownState() => new(ErrorKind.Invalid, "callback.state_unknown", "state 只能是 open、done、givenUp 或 withdrawn。", "state");
    public static Error BadPage() => new(ErrorKind.Invalid, "callback.page_invalid", "page 须不小于 1，pageSize 须在 1 到 200 之间。", "page");
    public static Error Ended() => new(ErrorKind.Conflict, "callback.ended", "这项回访已经结束，请刷新后再看。");
    public static Error ReachedMissing() => new(ErrorKind.Invalid, "callback.reached_missing", "请选择是否联系到诉求人。", "reached");
    public static Error ReasonMissing() => new(ErrorKind.Invalid, "callback.reason_missing", "请选择未联系上的原因。", "notReached");
}
