using Jiesu.Platform;

namespace Jiesu.Identity.Features.People;

internal static class PersonErrors
{
    public static Error NotFound() => new(ErrorKind.NotFound, "person.not_found", "找不到这个人员或任职。");
    public static Error Changed() => new(ErrorKind.Stale, "person.changed", "人员已被他人修改，请刷新后再试。");
    public static Error NameMissing() => new(ErrorKind.Invalid, "person.name_missing", "请填写姓名，最多 40 字。", "name");
    public static Error Self() => new(ErrorKind.Conflict, "person.self", "不能停用自己，也不能调整自己的任职，请由另一位管理员办理。");
    public static Error UnitUnknown() => new(ErrorKind.Unprocessable, "unit.unknown", "没有这个单位，请从列表中选择。", "unit");
    public static Error RoleUnknown() => new(ErrorKind.Unprocessable, "role.unknown", "没有这个角色，请从列表中选择。", "role");
    public static Error Exclusive() => new(ErrorKind.Conflict, "post.exclusive", "系统管理员、安全管理员、审计管理员不能由同一人担任。", "role");
}
