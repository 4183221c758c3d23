using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Forms;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Actions;

/// <summary>必填与允许: a step takes what its row of the table names; more is refused, not ignored (SEC-23).</summary>
internal static class Carried
{
    /// <summary>What is missing, what does not belong, and text that no database can keep.</summary>
    public static Error? Refuses(ActionRequest asked, OrderStep step)
    {
        var wrong = new Dictionary<string, string[]>();
        foreach (var field in OrderField.All)
        {
            if (field.IsIn(asked) && !step.Takes(field.Name))
            {
                wrong[field.Name] = [$"“{step.Name()}”不接受{field.Label}，请去掉。"];
            }
            else if (!field.IsIn(asked) && (step.Must ?? []).Contains(field.Name))
            {
                wrong[field.Name] = [$"请填写{field.Label}。"];
            }
        }

        if (asked.Form is not null && ReplyForm.CodeOf(step.Action) is null)
        {
            wrong[Carry.Form] = [$"“{step.Name()}”没有表单，请去掉 form。"];
        }

        foreach (var (name, _) in Texts(asked).Where(t => t.Text?.Contains('\0', StringComparison.Ordinal) == true))
        {
            wrong[name] = ["内容含有无法保存的字符，请删除后再提交。"];
        }

        return wrong.Count == 0 ? null : OrderErrors.Missing(wrong);
    }

    public static Error Lacks(params IEnumerable<string> fields) => OrderErrors.Missing(fields.ToDictionary(f => f, f => new[] { $"请填写{OrderField.Of(f).Label}。" }));

    private static IEnumerable<(string Name, string? Text)> Texts(ActionRequest asked) =>
    [
        (Carry.Note, asked.Note), (Carry.Opinion, asked.Opinion), (Carry.Result, asked.Result), (Carry.Reason, asked.Reason), (Carry.Basis, asked.Basis),
    ];
}
