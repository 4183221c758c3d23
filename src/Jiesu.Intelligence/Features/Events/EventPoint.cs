using System.Text.RegularExpressions;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>
/// 归一点位 (hotline guide 6.2): the key under which requests of one point, or about one company, and of one second-level class meet. Spelling, blanks and marks make no difference;
/// the same name in another town is another point. A company is looked for where no point is named: it may be complained about everywhere.
/// </summary>
internal static partial class EventPoint
{
    public static string? Of(GroupedText request) =>
        request.ClassCode is not { Length: 6 } code || (PointOf(request) ?? CompanyOf(request)) is not { } where ? null : $"{where}/{code[..4]}";

    private static string? PointOf(GroupedText request) => Letters(request.Point) is { Length: > 1 } point ? $"{request.Town}/{point}" : null;

    private static string? CompanyOf(GroupedText request) => (Core(PlainText.Of(request.Company)) ?? InText(PlainText.OfOrder(request.Text))) is { } company ? $"公司/{company}" : null;

    private static string? InText(string plain) => Company().Matches(plain).Select(m => Core(Before().Replace(m.Groups["name"].Value, ""))).FirstOrDefault(c => c is not null);

    /// <summary>The name proper: 北京星河物业管理有限公司 and 星河物业公司 are one. Null when nothing is left, as of 物业公司.</summary>
    private static string? Core(string name) => Common().Replace(name, "") is { Length: > 1 } core ? core : null;

    private static string Letters(string? text) => string.Concat(PlainText.Of(text).Where(PlainText.IsWord));

    /// <summary>From a mark or the beginning up to the word 公司.</summary>
    [GeneratedRegex("(?<=^|[^\\u4e00-\\u9fff])(?<name>[\\u4e00-\\u9fff]{2,24}?)公司")]
    private static partial Regex Company();

    /// <summary>What is said before a name.</summary>
    [GeneratedRegex("^.*(投诉|举报|反映|称|要求|联系|属于|位于|入住|购买|小区|本人|自己|我们|在|被|的|找|由|是|向)")]
    private static partial Regex Before();

    [GeneratedRegex("^(北京市|北京|丰台区|丰台)|(有限责任|股份有限|有限|物业管理|物业服务|物业|科技|集团|管理|服务|分公司|公司)")]
    private static partial Regex Common();
}
