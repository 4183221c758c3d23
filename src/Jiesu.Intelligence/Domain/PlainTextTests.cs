using CsCheck;

namespace Jiesu.Intelligence.Domain;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("  暖 气\n不热 ", "暖气不热")]
    [InlineData("ＡＢ１２号楼！", "ab12号楼!")]
    [InlineData("救命😀\0", "救命")]
    [InlineData(null, "")]
    public void Width_case_blanks_and_emoji_make_no_difference(string? written, string plain) => Assert.Equal(plain, PlainText.Of(written));

    /// <summary>A constant of its own: an attribute cannot carry half a character.</summary>
    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("救命", PlainText.Of("救命\ud83d"));

    [Fact]
    public void Nothing_is_read_beyond_the_stated_length() => Assert.Equal(PlainText.Longest, PlainText.Of(new string('暖', 2_000_000)).Length);

    [Fact]
    public void A_plain_text_is_plain_already() =>
        Gen.String.Sample(text => PlainText.Of(PlainText.Of(text)) == PlainText.Of(text) && !PlainText.Of(text).Any(c => char.IsSurrogate(c) || char.IsControl(c)));
}
