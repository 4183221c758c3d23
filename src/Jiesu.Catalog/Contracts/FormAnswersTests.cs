using System.Text.Json;
using Jiesu.Tests.Given;

namespace Jiesu.Catalog.Contracts;

public sealed class FormAnswersTests
{
    private static readonly FormDefinition Form = new("reply", 1, "试验",
    [
        new("text", "文字", QuestionType.Text) { Longest = 3 }, new("number", "数字", QuestionType.Number) { Least = 0, Most = 10 }, new("flag", "是否", QuestionType.YesNo),
        new("day", "日期", QuestionType.Date), new("at", "时刻", QuestionType.Instant), new("one", "单选", QuestionType.Choice) { Options = ["甲", "乙"] },
        new("many", "多选", QuestionType.Choices) { Options = ["甲", "乙"] }, new("reason", "原因", QuestionType.Choice) { Source = "reasons:UNS" }, new("unit", "单位", QuestionType.Unit),
        new("offset", "位置", QuestionType.Offset), new("then", "条件", QuestionType.Text) { RequiredIf = new("many", "乙") }, new("zero", "零", QuestionType.Text) { RequiredIf = new("number", "0") },
    ]);

    //          said                             kept, or what is wrong
    [Theory]
    [InlineData("""{"text":" 字 "}""", """{"text":"字"}""")]
    [InlineData("""{"text":"  ","many":[],"one":null}""", "{}")]
    [InlineData("""{"text":"四个字了"}""", "文字最多 3 字。")]
    [InlineData("""{"text":1}""", "文字须是文字")]
    [InlineData("""{"number":0,"zero":"有","flag":false}""", """{"number":0,"flag":false,"zero":"有"}""")]
    [InlineData("""{"number":0}""", "请填写零。")]
    [InlineData("""{"number":11}""", "数字不能大于 10。")]
    [InlineData("""{"number":1e999}""", "数字须是数字。")]
    [InlineData("""{"flag":"true"}""", "是否须是 true（是）或 false（否）。")]
    [InlineData("""{"day":"2026-02-29"}""", "日期须是日期")]
    [InlineData("""{"at":"2026-03-02T09:30:00+08:00"}""", """{"at":"2026-03-02T09:30:00+08:00"}""")]
    [InlineData("""{"at":"明天"}""", "时刻须是时刻")]
    [InlineData("""{"one":"丙"}""", "单选不在可选范围内")]
    [InlineData("""{"many":["甲","甲"]}""", """{"many":["甲"]}""")]
    [InlineData("""{"many":["甲","丙"]}""", "多选不在可选范围内")]
    [InlineData("""{"many":["乙"]}""", "请填写条件。")]
    [InlineData("""{"reason":"UNS-02","unit":"HEPING","offset":"02:35"}""", """{"reason":"UNS-02","unit":"HEPING","offset":"02:35"}""")]
    [InlineData("""{"reason":"RTN-01"}""", "原因不在可选范围内")]
    [InlineData("""{"unit":"NOWHERE"}""", "单位没有这个单位代码")]
    [InlineData("""{"offset":"02:75"}""", "位置须按 分:秒 填写")]
    [InlineData("""{"colour":"红"}""", "表单没有这个字段")]
    public void Each_type_knows_its_answers_and_blank_is_none(string said, string told)
    {
        var answers = Form.Check(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(said)!, GivenRules.Policy.Catalogue, GivenRules.Units);

        if (told.StartsWith('{'))
        {
            Assert.Empty(answers.Problems);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(told), JsonSerializer.SerializeToElement(answers.Values)), JsonSerializer.Serialize(answers.Values));
        }
        else
        {
            Assert.StartsWith(told, Assert.Single(answers.Problems).Value, StringComparison.Ordinal);
        }
    }
}
