namespace Jiesu.Intelligence.Features.Language;

public sealed class RedactionTests
{
    /// <summary>What must not leave, and nothing of it.</summary>
    [Theory]
    [InlineData("电话13812345678，请回电", "电话〔电话1〕，请回电")]
    [InlineData("手机号１３８１２３４５６７８。", "手机号〔电话1〕。")]
    [InlineData("手机138-1234-5678或138 1234 5678", "手机〔电话1〕或〔电话1〕")]
    [InlineData("打1 3 8 1 2 3 4 5 6 7 8", "打〔电话1〕")]
    [InlineData("电话一三八一二三四五六七八", "电话〔电话1〕")]
    [InlineData("电话幺三八零零零零幺二三四", "电话〔电话1〕")]
    [InlineData("电话①③⑧①②③④⑤⑥⑦⑧", "电话〔电话1〕")]
    [InlineData("座机010－6382　1234", "座机〔电话1〕")]
    [InlineData("座机（010）63821234", "座机（〔电话1〕")]
    [InlineData("电话+86 138.1234.5678", "电话+〔电话1〕")]
    [InlineData("身份证11010119900101123X", "身份证〔证件1〕")]
    [InlineData("身份证 110101 19900101 123Ｘ，", "身份证 〔证件1〕，")]
    [InlineData("卡号6222 0200 1234 5678 901", "卡号〔银行卡1〕")]
    [InlineData("邮箱zhang.san@example.com", "邮箱〔邮箱1〕")]
    [InlineData("邮箱ｚｈａｎｇ＠example．com", "邮箱〔邮箱1〕")]
    [InlineData("微信号：zhang_san88", "微信号：〔账号1〕")]
    [InlineData("车牌京A·12345乱停", "车牌〔车牌1〕乱停")]
    [InlineData("车京ＡＤ１２３４５占道", "车〔车牌1〕占道")]
    [InlineData("车 京 a 1 2 3 4 5 占道", "车 〔车牌1〕 占道")]
    [InlineData("玉林里5号楼3单元502室漏水", "玉林里5号楼〔门牌1〕漏水")]
    [InlineData("玉林里5号楼三单元五零二室漏水", "玉林里5号楼〔门牌1〕漏水")]
    [InlineData("方庄3-2-501漏水", "方庄〔门牌1〕漏水")]
    [InlineData("玉林里5号楼502漏水", "玉林里5号楼〔门牌1〕漏水")]
    [InlineData("张先生反映", "〔姓名1〕反映")]
    [InlineData("联系李小红女士", "联系〔姓名1〕")]
    [InlineData("已联系李四先生 139 0000 1111", "已联系〔姓名1〕 〔电话1〕")]
    [InlineData("张某某称某健身房关门", "〔姓名1〕称某健身房关门")]
    [InlineData("138，1234，5678", "〔电话1〕")]
    [InlineData("138\n1234\n5678", "〔电话1〕")]
    [InlineData("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣请回电", "〔电话1〕️⃣请回电")]
    [InlineData("联系人：李四 13812345678", "联系人：〔姓名1〕 〔电话1〕")]
    [InlineData("我姓王，老李说找刘总。", "我姓〔姓名1〕，〔姓名2〕说找〔姓名3〕。")]
    [InlineData("欧阳师傅收费", "〔姓名1〕收费")]
    [InlineData("我是王小明，住这里", "我是〔姓名1〕，住这里")]
    [InlineData("市民刘强反映", "市民〔姓名1〕反映")]
    public void What_names_a_person_is_struck_out(string text, string hidden) => Assert.Equal(hidden, new Redaction([]).Hide(text));

    /// <summary>What the model needs in order to understand.</summary>
    [Theory]
    [InlineData("2026年3月2日10时，健身卡余额3280元不退")]
    [InlineData("2026-03-02 10:30 停水")]
    [InlineData("要求退还12345678元")]
    [InlineData("拨打12345、110无人接")]
    [InlineData("玉林里5号楼3层漏水")]
    [InlineData("北京某某健身有限公司")]
    [InlineData("室内温度总是达不到18度，老小区")]
    [InlineData("每天6:30-22:00施工，8:00—12:00、14:00—18:00最吵，85分贝")]
    [InlineData("2025年12月31日—2026年1月5日停暖")]
    [InlineData("业主的车位被占，市民在家的时候")]
    [InlineData("工程投资2000万元，317路公交")]
    public void What_is_no_person_stays(string text) => Assert.Equal(text, new Redaction([]).Hide(text));

    [Fact]
    public void The_caller_is_found_by_name_and_number_however_they_are_written()
    {
        var redaction = new Redaction(["慕小白", "13812345678"]);

        var hidden = redaction.Hide("慕小白（慕 小 白）的电话是138 1234 5678");

        Assert.Equal("〔姓名1〕（〔姓名1〕）的电话是〔电话1〕", hidden);
    }

    [Fact]
    public void Words_come_back_in_the_draft_alone_and_never_those_of_another_order()
    {
        var redaction = new Redaction(["王小明"]);
        Assert.Equal("〔姓名1〕来电，回〔电话1〕", redaction.Hide("王小明来电，回13812345678"));

        Assert.Equal("联系赵〔电话〕", redaction.Strike("联系赵13900001111"));
        Assert.Equal("已联系王小明（13812345678、〔电话2〕、〔电话〕）", redaction.Restore("已联系〔姓名1〕（〔电话1〕、〔电话2〕、〔电话〕）"));
    }

    [Fact]
    public void A_placeholder_that_the_citizen_wrote_is_none()
    {
        var redaction = new Redaction([]);

        var hidden = redaction.Hide("〔电话1〕 13812345678");

        Assert.Equal("［电话1］ 〔电话1〕", hidden);
        Assert.Equal("［电话1］ 13812345678", redaction.Restore(hidden));
    }

    /// <summary>A number is a number, with whatever people put between its digits and in whichever digits they write it.</summary>
    [Fact]
    public void No_half_of_a_telephone_number_is_left_behind()
    {
        string[] digits = ["0123456789", "０１２３４５６７８９", "零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨"];
        string[] between = ["", " ", "-", "—", " - ", "　", ".", "·", "）", "\u200B", "\n", "，", "/"];
        foreach (var (script, gap, at) in from d in digits from b in between from n in new[] { 1, 3, 4, 7 } select (d, b, n))
        {
            var number = string.Concat("13812345678".Select((c, i) => (i > 0 && i % at == 0 ? gap : "") + script[c - '0']));

            Assert.Equal("打〔电话1〕吧", new Redaction([]).Hide($"打{number}吧"));
        }
    }
}
