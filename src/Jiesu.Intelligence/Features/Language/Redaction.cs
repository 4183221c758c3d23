using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Jiesu.Intelligence.Features.Language;

/// <summary>
/// 脱敏: takes out of a text what names a person or leads to one, and puts a placeholder (〔电话1〕) in its place. One redaction serves one question: the same number has the same
/// placeholder throughout, and <see cref="Restore"/> puts the words back into the draft. It strikes rather too much than too little.
/// </summary>
internal sealed partial class Redaction(IEnumerable<string> known)
{
    private const string Surnames =
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧肖尹姚邵汪祁毛禹狄米贝臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季强贾路娄江童颜郭梅盛林刁钟徐邱丘骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘解应丁宣邓郁单洪包左石崔吉龚程邢裴陆荣翁荀羊甄曲家封储靳段焦巴牧谷侯曾全班仇宁甘厉祖武符刘景詹束龙叶司黎白蒲池乔阴胥苍闻党翟谭贡姬申冉郦桑桂牛尚温庄晏柴阎闫瞿连茹习艾古易廖庾终步耿满匡文寇广欧利蔚越师聂晁关荆游竺权盖益桓岳帅缑亢况郈佟商牟";

    private const string Compound = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|司徒|夏侯|端木|独孤|南宫|司空|呼延";
    private const string Surname = $"(?:{Compound}|[{Surnames}])";
    private const string Common = "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕]";

    /// <summary>What may stand behind a name that is no part of it.</summary>
    private const string After = @"(?=[^\u4e00-\u9fa5]|$|反映|称|表示|来电|来访|投诉|举报|说|住|家|电话|手机|身份证|联系|于|今天|昨天|诉|的|在|是|把)";
    private const string Title = "(?:先生|女士|小姐|太太|夫人|同志|师傅|老师|阿姨|大爷|大妈|大姐|大哥|大叔|奶奶|爷爷|叔叔|老太太|老先生|经理|主任|医生|大夫|律师|书记|会计|队长|老板)";

    /// <summary>Between digits of one number people write blanks, dashes, dots, brackets.</summary>
    private const string Gap = @"[\s\u00A0\u2000-\u200D\u3000_\-‐‑‒–—―－.．·・•()（）]{0,3}";

    /// <summary>A mobile or identity number is known by its form, so anything that is no word may stand between.</summary>
    private const string Wide = @"[^0-9A-Za-z\u4e00-\u9fa5:]{0,4}";

    private readonly string[] _known = [.. known.Select(k => k.Trim()).Where(k => k.Length >= 2).Distinct()];
    private readonly Dictionary<string, string> _placeholders = [];
    private readonly Dictionary<string, string> _words = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>What may leave the house.</summary>
    public string Hide(string? text) => Replace(text, (kind, words) =>
    {
        var same = kind + string.Concat(Plain(words).Where(char.IsLetterOrDigit));
        if (!_placeholders.TryGetValue(same, out var placeholder))
        {
            var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            _placeholders[same] = placeholder = $"〔{kind}{number.ToString(CultureInfo.InvariantCulture)}〕";
            _words[placeholder] = words;
        }

        return placeholder;
    });

    /// <summary>For good: of another order, whose words are nowhere put back.</summary>
    public string Strike(string? text) => Replace(text, (kind, _) => $"〔{kind}〕");

    /// <summary>称呼 in a text, without the title: for whoever has to leave names out where they stand without one, too.</summary>
    public static IEnumerable<string> Names(string text) =>
        Titled().Matches(text).Select(m => AtEnd().Replace(m.Value, "")).Concat(Introduced().Matches(text).Select(m => m.Groups["name"].Value.Replace(" ", "", StringComparison.Ordinal))).Where(n => n.Length > 1);

    /// <summary>The words of this redaction where their placeholders stand.</summary>
    public string Restore(string draft) => Placeholder().Replace(draft, m => _words.GetValueOrDefault(m.Value, m.Value));

    private string Replace(string? text, Func<string, string, string> put)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        text = text.Replace('〔', '［').Replace('〕', '］');    // a placeholder that the citizen wrote is none
        var result = new StringBuilder();
        var done = 0;
        foreach (var (start, length, kind) in Spans(text, _known))
        {
            if (start >= done)
            {
                result.Append(text, done, start - done).Append(put(kind, text.Substring(start, length)));
                done = start + length;
            }
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Where something stands that names a person or leads to one, by place.</summary>
    public static IReadOnlyList<(int Start, int Length, string Kind)> Find(string text) => Spans(text, []);

    /// <summary>By place; where several begin, the longest.</summary>
    private static List<(int Start, int Length, string Kind)> Spans(string text, IReadOnlyList<string> known)
    {
        var plain = Plain(text);
        var found = new List<(int Start, int Length, string Kind)>();
        foreach (var name in known)
        {
            var pattern = string.Join(Gap, Plain(name).Where(c => !char.IsWhiteSpace(c)).Select(c => Regex.Escape(c.ToString())));
            found.AddRange(Regex.Matches(plain, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant).Select(m => (m.Index, m.Length, name.Any(char.IsAsciiDigit) ? "电话" : "姓名")));
        }

        found.AddRange(Titled().Matches(text).Select(m => (m.Index, m.Length, "姓名")));
        found.AddRange(Introduced().Matches(text).Select(m => Of(m.Groups["name"], "姓名")));
        plain = Without(plain, found.Where(f => f.Kind == "姓名"));    // the 四 of 李四 is no digit of the number behind it
        found.AddRange(Email().Matches(plain).Select(m => (m.Index, m.Length, "邮箱")));
        found.AddRange(Account().Matches(plain).Select(m => Of(m.Groups["id"], "账号")));
        found.AddRange(Plate().Matches(plain).Select(m => (m.Index, m.Length, "车牌")));
        found.AddRange(Room().Matches(plain).Select(m => Of(m.Groups["home"], "门牌")));
        found.AddRange(Numbers(plain));
        return Merge(found);
    }

    private static (int Start, int Length, string Kind) Of(Group group, string kind) => (group.Index, group.Length, kind);

    private static string Without(string plain, IEnumerable<(int Start, int Length, string Kind)> names)
    {
        var letters = plain.ToCharArray();
        foreach (var (start, length, _) in names)
        {
            letters.AsSpan(start, length).Fill('～');
        }

        return new(letters);
    }

    /// <summary>Overlapping finds are one: no half of a number stays behind because a name began in it.</summary>
    private static List<(int Start, int Length, string Kind)> Merge(List<(int Start, int Length, string Kind)> found)
    {
        var merged = new List<(int Start, int Length, string Kind)>();
        foreach (var span in found.Where(f => f.Length > 0).OrderBy(f => f.Start).ThenByDescending(f => f.Length))
        {
            if (merged.Count > 0 && merged[^1] is var last && span.Start < last.Start + last.Length)
            {
                merged[^1] = last with { Length = Math.Max(last.Length, span.Start + span.Length - last.Start) };
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    /// <summary>Seven digits and more, however they are spaced, are a number of a person, unless they are a date or a sum of money.</summary>
    private static IEnumerable<(int Start, int Length, string Kind)> Numbers(string plain)
    {
        var dateless = Date().Replace(plain, m => new string('~', m.Length));
        foreach (Match match in Formed().Matches(dateless))
        {
            yield return (match.Index, match.Length, match.Groups["id"].Success ? "证件" : "电话");
        }

        foreach (Match match in LongNumber().Matches(dateless))
        {
            var digits = match.Value.Count(char.IsAsciiDigit) + (match.Value[^1] is 'X' or 'x' ? 1 : 0);
            if (digits > 10 || !Money().IsMatch(plain[(match.Index + match.Length)..Math.Min(plain.Length, match.Index + match.Length + 4)]))
            {
                yield return (match.Index, match.Length, KindOf(digits, match.Value));
            }
        }
    }

    private static string KindOf(int digits, string text) => digits switch
    {
        18 or 15 => "证件",
        >= 16 and <= 19 => "银行卡",
        <= 13 when !char.IsAsciiLetter(text[0]) => "电话",
        _ => "号码",
    };

    /// <summary>The same text letter for letter, full-width letters and Chinese digits made plain, so that one rule reads all spellings.</summary>
    private static string Plain(string text) => string.Create(text.Length, text, (plain, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            plain[i] = Digits.GetValueOrDefault(from[i], from[i] is >= '！' and <= '～' ? (char)(from[i] - 0xFEE0) : DigitOf(from[i]));
        }
    });

    /// <summary>Digits of other scripts and in circles count as digits.</summary>
    private static char DigitOf(char letter) => CharUnicodeInfo.GetDigitValue(letter) is >= 0 and <= 9 and var digit ? (char)('0' + digit) : letter;

    private static readonly Dictionary<char, char> Digits = new[] { "〇零○洞", "一壹幺", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾" }
        .SelectMany((letters, digit) => letters.Select(letter => (letter, (char)('0' + digit)))).ToDictionary(x => x.letter, x => x.Item2);

    [GeneratedRegex(@"〔[^〔〕]{1,8}〕")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[A-Za-z]{0,2}(?<![0-9])[0-9](?:" + Gap + @"[0-9]){6,}(?:" + Gap + "[Xx](?![A-Za-z]))?")]
    private static partial Regex LongNumber();

    [GeneratedRegex("(?<![0-9])(?:(?<id>[1-9](?:" + Wide + "[0-9]){16}" + Wide + "[0-9Xx])|1" + Wide + "[3-9](?:" + Wide + "[0-9]){9})(?![0-9])")]
    private static partial Regex Formed();

    [GeneratedRegex(@"(?<![0-9])(?:19|20)[0-9]{2}[-./年](?:0?[1-9]|1[0-2])[-./月](?:3[01]|[12][0-9]|0?[1-9])(?![0-9]|-[0-9])(?:日?[ T]?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?")]
    private static partial Regex Date();

    [GeneratedRegex(@"^\s*(?:元|万|亿|块|平|米|吨|度)")]
    private static partial Regex Money();

    [GeneratedRegex(@"[A-Za-z0-9_.+\-]{1,64}\s*(?:@|#|\(at\)|\[at\]|\sat\s)\s*[A-Za-z0-9\-]{1,64}(?:\s*(?:\.|。|点|\(dot\)|\sdot\s)\s*[A-Za-z0-9\-]{1,64}){1,5}", RegexOptions.IgnoreCase)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?:QQ|微信|薇信|weixin|wechat|VX|WX|支付宝|抖音)(?:账号|帐号|号码|号|群)?\s*[:：是为]?\s*(?<id>[A-Za-z0-9_\-@.]{5,30})", RegexOptions.IgnoreCase)]
    private static partial Regex Account();

    [GeneratedRegex(@"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]\s*[A-Z]\s*[·・•.\-]?\s*[A-Z0-9](?:[ ·・•\-]?[A-Z0-9挂学警港澳]){4,5}(?![A-Za-z0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Plate();

    /// <summary>The building stays, so that the place can be understood; entrance and room go.</summary>
    [GeneratedRegex(@"(?<home>[0-9A-Za-z十甲乙丙丁]{1,3}\s*(?:单元|门)\s*(?:[0-9十]{1,3}\s*(?:层|楼)\s*)?[0-9A-Za-z]{1,5}\s*(?:室|号|户|房)?)|(?:号楼|栋|幢|座|楼|层|公寓|小区|家园|[苑园里院庄城寓舍])\s*(?<home>(?:[0-9]{1,3}-){0,2}[0-9]{3,4}(?:室|号|户|房)?)(?![0-9元万米年])|(?<home>[0-9A-Za-z]{2,5}\s*(?:室|房间|户室|房号))|(?<![0-9\-])(?<home>[0-9]{1,3}\s*-\s*[0-9]{1,2}\s*-\s*[0-9]{2,4})(?![0-9\-])")]
    private static partial Regex Room();

    [GeneratedRegex(Surname + @"(?:[\u4e00-\u9fa5]{0,2}?\s*" + Title + "|某{1,2}(?!某)|[总姐哥叔姨婶伯]" + After + ")|[小老阿]" + Common + After)]
    private static partial Regex Titled();

    [GeneratedRegex(@"\s*" + Title + "$")]
    private static partial Regex AtEnd();

    [GeneratedRegex(@"(?:我叫|我是|我名叫|名叫|姓名|名字|本人|联系人|来电人|反映人|投诉人|举报人|诉求人|被投诉人|当事人|业主|市民|居民|村民|租户|住户|老板|法人|负责人|经办人|司机|家属|患者|户主)[:：是为叫\s]{0,3}(?<name>" + Surname + @"[ ]?[\u4e00-\u9fa5]{1,2}?)(?!的)" + After + "|我姓(?<name>" + Surname + ")")]
    private static partial Regex Introduced();
}
