namespace Jiesu.Platform.Ciphers;

public sealed class PasswordHasherTests
{
    [Theory, InlineData(CipherSuite.Gm, "pbkdf2-sm3$600000$"), InlineData(CipherSuite.Intl, "pbkdf2-sha256$600000$")]
    public async Task Only_the_password_opens_its_hash(CipherSuite suite, string start)
    {
        var ct = TestContext.Current.CancellationToken;
        using var hasher = new PasswordHasher(suite);

        var stored = await hasher.HashAsync("丰台-2026", ct);

        Assert.StartsWith(start, stored, StringComparison.Ordinal);
        Assert.True(await hasher.VerifyAsync(stored, "丰台-2026", ct));
        Assert.False(await hasher.VerifyAsync(stored, "丰台-2027", ct));
        Assert.False(await hasher.VerifyAsync(stored, stored, ct));
        Assert.False(hasher.NeedsRehash(stored));
    }

    [Theory]
    [InlineData("pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA==$NLg/sJ9uPptRhA2hSaeaR85Ap2GsYSZLM6jmpn/7vR4=", "fewer rounds")]
    [InlineData("pbkdf2-sm3$600000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "another suite")]
    [InlineData("", "no hash at all")]
    public void An_older_hash_asks_to_be_made_anew(string stored, string why)
    {
        using var hasher = new PasswordHasher(CipherSuite.Intl);

        Assert.True(hasher.NeedsRehash(stored), why);
    }

    [Theory, InlineData(""), InlineData("$$$"), InlineData("pbkdf2-sm3$0$AAAAAAAAAAAAAAAAAAAAAA==$AAAA"), InlineData("pbkdf2-sm3$x$@$@")]
    public async Task What_is_no_hash_opens_for_nobody(string stored)
    {
        using var hasher = new PasswordHasher(CipherSuite.Intl);

        Assert.False(await hasher.VerifyAsync(stored, "", TestContext.Current.CancellationToken));
    }
}
