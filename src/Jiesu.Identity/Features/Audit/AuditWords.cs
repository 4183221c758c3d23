namespace Jiesu.Identity.Features.Audit;

/// <summary>审计行为 in Chinese; an act of another module shows under its own name until it is listed here.</summary>
internal static class AuditWords
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["session.begin"] = "登录",
        ["session.refused"] = "登录失败",
        ["session.end"] = "退出或结束会话",
        ["password.change"] = "修改口令",
        ["notice.device"] = "开启或移除推送设备",
        ["notice.mobile"] = "修改短信手机号",
        ["client.token"] = "客户端取得令牌",
        ["access.denied"] = "越权访问",
        ["caller.reveal"] = "查看诉求人",
        ["person.create"] = "新建人员",
        ["person.change"] = "修改人员",
        ["person.reset"] = "重置口令",
        ["post.change"] = "调整任职",
        ["role.change"] = "调整角色权限",
        ["audit.read"] = "查看审计",
        ["audit.export"] = "导出审计",
        ["orders.export"] = "导出工单",
        ["catalog.change"] = "修改业务目录",
    };

    public static string Of(string act) => Words.GetValueOrDefault(act, act);
}
