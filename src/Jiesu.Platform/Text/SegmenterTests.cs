using CsCheck;

namespace Jiesu.Platform.Text;

public sealed class SegmenterTests
{
    private static readonly Segmenter Segmenter = new(["方庄街道", "芳星园", "Ｋ２百合湾"]);

    [Theory]
    [InlineData("预付卡退款难", "预付卡 退款 难")]
    [InlineData("小区下水道堵塞，污水外溢！", "小区 下水道堵塞 污水外溢")]
    [InlineData("方庄街道芳星园二区3号楼电梯故障", "方庄街道 芳星园 二区 3 号楼 电梯故障")]
    [InlineData("Ｋ２百合湾 WIFI信号差", "k2百合湾 wifi 信号差")]
    [InlineData("翠林里暖气不热", "翠林 里 暖气不热")]
    [InlineData("𠮷祥巷䶮", "𠮷祥 巷 䶮")]
    [InlineData("ABC-123/４５６ 😀", "abc 123 456")]
    [InlineData("&|!*():'\"\\%", "")]
    public void A_text_is_cut_into_words_that_people_use(string text, string words) => Assert.Equal(words, string.Join(' ', Segmenter.Words(text)));

    [Theory]
    [InlineData("下水道3号楼", "下水 水道 3 号楼")]
    [InlineData("水", "水")]
    [InlineData("𠮷祥巷 a1", "𠮷祥 祥巷 a1")]
    public void A_text_is_cut_into_pairs_of_characters(string text, string bigrams) => Assert.Equal(bigrams, string.Join(" ", Segmenter.Bigrams(text)));

    [Fact]
    public void Every_letter_and_digit_of_any_text_is_in_some_word() => Texts.Sample(text =>
    {
        var words = string.Concat(Segmenter.Words(text));
        return Segmenter.Normalise(text).EnumerateRunes().Where(System.Text.Rune.IsLetterOrDigit).All(r => words.Contains(r.ToString(), StringComparison.Ordinal));
    });

    [Fact]
    public void Cleaning_keeps_rare_characters_and_drops_what_cannot_be_stored()
    {
        Assert.Equal("𠮷䶮👨‍👩‍👧\tok\n二", UnicodeText.Clean("𠮷䶮👨‍👩‍👧\0\t\u0007ok\r\n二"));
        Assert.Equal("a\nb\uFFFDc\uFFFD", UnicodeText.Clean("a\rb\uD800c\uFFFF"));
        Texts.Sample(text => UnicodeText.Clean(UnicodeText.Clean(text)) == UnicodeText.Clean(text));
    }

    private static readonly Gen<string> Texts = Gen.String[Gen.OneOf(Gen.Char, Gen.Char['一', '龥'], Gen.Char['\0', '~'], Gen.Char["下水道预付卡的"]), 0, 40];
}
