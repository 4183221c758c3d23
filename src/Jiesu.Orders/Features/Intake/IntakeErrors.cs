using Jiesu.Platform;

namespace Jiesu.Orders.Features.Intake;

/// <summary>What is wrong with a new order, by field.</summary>
internal sealed class IntakeErrors
{
    private readonly Dictionary<string, string[]> _invalid = [];
    private readonly Dictionary<string, string[]> _unknown = [];

    public static Error NumberTaken() => new(ErrorKind.Conflict, "order.number_taken", "这个工单编号已经登记，但不在您的数据范围内，请联系区中心。", "orderNo");

    public void Invalid(string field, string message) => _invalid.TryAdd(field, [message]);

    public void Unknown(string field, string message) => _unknown.TryAdd(field, [message]);

    /// <summary>What is malformed comes first: unknown codes are told once the form is right.</summary>
    public Error? ToError() =>
        _invalid.Count > 0 ? new(ErrorKind.Invalid, "request.invalid", "请检查标出的内容后再提交。") { Fields = _invalid }
        : _unknown.Count > 0 ? new(ErrorKind.Unprocessable, "order.unknown_code", "有代码或名称不在业务目录中，请从目录中选择后再提交。") { Fields = _unknown }
        : null;
}
