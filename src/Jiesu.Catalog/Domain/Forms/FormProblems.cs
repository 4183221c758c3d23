using System.Globalization;
using System.Text.RegularExpressions;
using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain.Forms;

/// <summary>表单检查: why a definition may not stand, row by row. Pure.</summary>
internal static partial class FormProblems
{
    private const int MostQuestions = 80;
    private const int LongestLabel = 40;
    private const int LongestHint = 200;
    private const int LongestAnswer = 4000;

    /// <summary>Names that actions on orders bear themselves (contract.md): a question of this name is that member, so its type is given.</summary>
    private static readonly Dictionary<string, QuestionType[]> OfActions = new()
    {
        ["contacted"] = [QuestionType.YesNo],
        ["solved"] = [QuestionType.YesNo],
        ["satisfied"] = [QuestionType.Choice],
        ["reasonCode"] = [QuestionType.Choice],
        ["basis"] = [QuestionType.Text, QuestionType.LongText],
        ["result"] = [QuestionType.Text, QuestionType.LongText],
        ["opinion"] = [QuestionType.Text, QuestionType.LongText],
        ["note"] = [QuestionType.Text, QuestionType.LongText],
    };

    public static IEnumerable<string> Of(string code, IReadOnlyList<TypedQuestion> rows, CatalogueDay day)
    {
        if (rows.Count is 0 or > MostQuestions)
        {
            yield return rows.Count == 0 ? "请至少添加一个字段。" : $"字段最多 {MostQuestions} 个，请删除一些。";
        }

        foreach (var (i, row) in rows.Index())
        {
            foreach (var problem in OfRow(code, row, i, rows, day))
            {
                yield return $"第 {i + 1} 行（{row.Label ?? row.Name ?? "未命名"}）：{problem}";
            }
        }
    }

    private static IEnumerable<string> OfRow(string code, TypedQuestion row, int at, IReadOnlyList<TypedQuestion> rows, CatalogueDay day)
    {
        if (!FieldName().IsMatch(row.Name ?? ""))
        {
            yield return "名称须以小写字母开头，只含字母和数字，最多 40 个。";
        }
        else if (rows.Take(at).Index().FirstOrDefault(r => r.Item.Name == row.Name) is { Item: not null } earlier)
        {
            yield return $"名称“{row.Name}”与第 {earlier.Index + 1} 行重复，请换一个。";
        }

        if (row.Label is null || row.Label.Length > LongestLabel || row.Hint?.Length > LongestHint || row.Group?.Length > LongestLabel)
        {
            yield return $"请填写标签；标签和分组最多 {LongestLabel} 字，提示最多 {LongestHint} 字。";
        }

        if (row.Kind is not { } type)
        {
            yield return $"没有“{row.Type}”这种类型，请重新选择。";
            yield break;
        }

        if (FormCodes.KindOf(code) == FormCodes.Reply && OfActions.TryGetValue(row.Name ?? "", out var fitting) && !fitting.Contains(type))
        {
            yield return $"名称“{row.Name}”在操作中已有规定，类型须是{string.Join('或', FormText.Types.Where(t => fitting.Contains(t.Type)).Select(t => $"“{t.Name}”"))}。";
        }

        foreach (var problem in OfOptions(row, type, day).Concat(OfRange(row, type)).Concat(OfCondition(row, rows, day)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> OfOptions(TypedQuestion row, QuestionType type, CatalogueDay day)
    {
        var isChoice = type is QuestionType.Choice or QuestionType.Choices;
        if (!isChoice)
        {
            return row.Options is null && row.Source is null ? [] : ["只有单选和多选才有选项，请清空选项和选项来源。"];
        }

        return (row.Options, row.Source) switch
        {
            ({ }, { }) => ["选项和选项来源只能填写一个。"],
            (null, null) => ["请填写选项，或选择选项来源。"],
            (null, { } source) => FormText.Sources.Any(s => s.Source == source) && day.Source(source).Count > 0 ? [] : [$"选项来源“{source}”没有内容，请重新选择。"],
            ({ } words, null) => CatalogWords.Split(words) is { Length: > 0 and <= 100 } options && options.All(o => o.Length <= 60) ? [] : ["选项须有 1 到 100 个，每个最多 60 字。"],
        };
    }

    private static IEnumerable<string> OfRange(TypedQuestion row, QuestionType type)
    {
        var isText = type is QuestionType.Text or QuestionType.LongText;
        if (row.Longest is not null && (!isText || !int.TryParse(row.Longest, CultureInfo.InvariantCulture, out var longest) || longest is < 1 or > LongestAnswer))
        {
            yield return $"最多字数只用于文字，须是 1 到 {LongestAnswer} 的整数。";
        }

        if ((row.Least is not null || row.Most is not null) && (type != QuestionType.Number || Unreadable(row.Least) || Unreadable(row.Most)
            || TypedQuestion.Number(row.Least) > TypedQuestion.Number(row.Most)))
        {
            yield return "最小和最大只用于数字，须是数字，且最小不大于最大。";
        }
    }

    private static bool Unreadable(string? number) => number is not null && TypedQuestion.Number(number) is null;

    private static IEnumerable<string> OfCondition(TypedQuestion row, IReadOnlyList<TypedQuestion> rows, CatalogueDay day)
    {
        if (row.IfField is null)
        {
            return row.IfValue is null ? [] : ["请选择必填条件所看的字段，或清空条件的值。"];
        }

        if (row.IfField == row.Name || rows.FirstOrDefault(r => r.Name == row.IfField) is not { } other)
        {
            return [$"必填条件指向的字段“{row.IfField}”不存在或是自己，请重新选择。"];
        }

        return other.Kind switch
        {
            _ when row.Condition is null => ["请填写必填条件的值。"],
            QuestionType.YesNo => row.Condition is "true" or "false" ? [] : ["必填条件的值须是“是”或“否”。"],
            QuestionType.Choice or QuestionType.Choices => other.ToQuestion().OptionsOn(day).Any(o => o.Code == row.Condition) ? [] : [$"必填条件的值“{row.IfValue}”不在“{other.Label}”的选项中。"],
            _ => [],
        };
    }

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]{0,39}\z")]
    private static partial Regex FieldName();
}
