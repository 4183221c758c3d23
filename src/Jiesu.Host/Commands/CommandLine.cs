namespace Jiesu.Host.Commands;

/// <summary>命令行: one program, one verb; without a verb it serves.</summary>
internal static class CommandLine
{
    private const int Misused = 2;

    /// <summary>The verb is the first word that is no option; the rest goes to the verb.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        var verb = args.FirstOrDefault(a => !a.StartsWith('-')) ?? "serve";
        var rest = args.Where(a => a != verb).ToArray();
        return verb switch
        {
            "serve" => Serve.RunAsync(rest),
            "migrate" => Migrate.RunAsync(rest),
            "demo" => DemoCommand.RunAsync(rest),
            "train" => Train.RunAsync(rest),
            "import" => Import.RunAsync(rest),
            "audit" => Audit.RunAsync(rest),
            "outbox" => OutboxCommand.RunAsync(rest),
            "selfcheck" => SelfCheck.RunAsync(rest),
            _ => ExplainAsync(verb),
        };
    }

    private static async Task<int> ExplainAsync(string verb)
    {
        await Console.Error.WriteLineAsync(
            $"""
            没有“{verb}”这个命令。可用的命令：
              serve                     启动服务（默认）
              migrate                   创建或升级数据库
              demo                      准备演示区并启动服务
              train                     用已分类的工单重新训练分类模型
              import FILE               导入表格中的诉求（--mapping JSON、--template 名称）
              audit verify FILE         核验导出的审计文件
              outbox list|retry         列出搁置的事件，或重新投递它们
              selfcheck                 自检安装是否完好（--all 核对全部附件和诉求人）
            """);
        return Misused;
    }
}
