using System.Globalization;
using System.Security.Cryptography;

namespace Jiesu.Identity.Domain;

/// <summary>Outcome of a comparison; an old hash has a lower cost than today's and is renewed at sign-in.</summary>
internal sealed record PasswordCheck(bool IsRight, bool IsOld)
{
    public static PasswordCheck Wrong { get; } = new(false, false);
}

/// <summary>口令散列: PBKDF2 with its method and cost in the text, so that both can change (SEC-03).</summary>
internal static class PasswordHash
{
    private const string Method = "pbkdf2-sha256";
    private const int Rounds = 600_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Method}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Rounds))}");
    }

    public static PasswordCheck Check(string password, string stored)
    {
        if (stored.Split('$') is not [Method, var rounds, var salt, var hash])
        {
            return PasswordCheck.Wrong;
        }

        var cost = int.Parse(rounds, CultureInfo.InvariantCulture);
        var isRight = CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(salt), cost), Convert.FromBase64String(hash));
        return new(isRight, cost < Rounds);
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, HashBytes);
}
