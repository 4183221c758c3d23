namespace Jiesu.Platform.Ciphers;

/// <summary>密码套件 (SEC-57); the number is stored with each value and never changes its meaning.</summary>
public enum CipherSuite : byte
{
    /// <summary>国密: SM4-GCM, HMAC-SM3.</summary>
    Gm = 1,

    /// <summary>国际: AES-256-GCM, HMAC-SHA256.</summary>
    Intl = 2,
}
