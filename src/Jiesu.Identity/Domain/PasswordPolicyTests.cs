using CsCheck;

namespace Jiesu.Identity.Domain;

public sealed class PasswordPolicyTests
{
    private static readonly PasswordPolicy Ordinary = new(12, ["fengtai", "12345", "指挥中心"]);

    [Theory]
    //          password                            accepted  why
    [InlineData("", false, "empty")]
    [InlineData("Ab1!", false, "short")]
    [InlineData("Kp7#mQ2vX9z", false, "eleven characters")]
    [InlineData("Kp7#mQ2vX9zt", true, "twelve")]
    [InlineData("kp7wmq2vx9zt", false, "two classes")]
    [InlineData("KP7WMQ2VX9ZT", false, "two classes")]
    [InlineData("kpwwmqzvxrzt", false, "one class")]
    [InlineData("739164820573", false, "one class")]
    [InlineData("kp#wmq!vxrzt", false, "two classes")]
    [InlineData("kp7wmq2vx#zt", true, "small letters, digits, others")]
    [InlineData("KpQwmZcvXrzT7", true, "letters of both kinds and a digit")]
    [InlineData("Password1234!", false, "password and a run")]
    [InlineData("P@ssw0rd2026!", false, "password in disguise")]
    [InlineData("Passw0rd!Passw0rd!", false, "twice the same word")]
    [InlineData("Fengtai12345!", false, "district and hotline")]
    [InlineData("FengTai#2026", false, "district and year")]
    [InlineData("指挥中心Aa2026", false, "the unit's name")]
    [InlineData("Admin12345678", false, "admin and a run")]
    [InlineData("Administrator#1", false, "administrator")]
    [InlineData("Qwerty123456!", false, "keyboard")]
    [InlineData("1qaz@WSX3edc", false, "keyboard, down the columns")]
    [InlineData("Aaaaaaaaaaaa1!", false, "one letter again and again")]
    [InlineData("Abcdefghijkl1!", false, "the alphabet")]
    [InlineData("Zyxwvutsrqp9!", false, "the alphabet, backwards")]
    [InlineData("Welcome2Summer!", false, "two usual words")]
    [InlineData("Iloveyou#5201", false, "usual")]
    [InlineData("Woaini1314520!", false, "usual in pinyin")]
    [InlineData("Lixiaoming@88", false, "the login")]
    [InlineData("李小明Aa2468", false, "the name")]
    [InlineData("Lanzhou-Ziyang-47", true, "three parts")]
    [InlineData("三更灯火五更鸡，读书时Aa1", true, "Chinese counts as other")]
    [InlineData("Correct horse battery staple, 64 letters are welcome here today!", true, "a long sentence")]
    public void A_password_must_be_long_mixed_and_its_own(string password, bool accepted, string why)
    {
        var refusal = Ordinary.Refuses(password, "lixiaoming", "李小明");

        Assert.True(accepted == refusal is null, $"{password} ({why}): {refusal}");
    }

    [Fact]
    public void At_128_characters_it_ends()
    {
        Assert.Null(Ordinary.Refuses(string.Concat(Enumerable.Repeat("Kp7#mQ2v", 16)), "x", "x"));
        Assert.NotNull(Ordinary.Refuses(string.Concat(Enumerable.Repeat("Kp7#mQ2v", 16)) + "x", "x", "x"));
    }

    [Fact]
    public void Whatever_it_is_given_it_answers() =>
        Gen.String.Sample(text => Ordinary.Refuses(text, text, text) is null or { Length: > 0 });

    [Fact]
    public void What_the_installation_makes_up_is_accepted() =>
        Assert.All(Enumerable.Range(0, 200).Select(_ => Secrets.Password()), p => Assert.Null((Ordinary with { Shortest = 15 }).Refuses(p, "someone", "某人")));
}
