using System.Security.Cryptography;
using Jiesu.Platform.Ciphers;
using Microsoft.IdentityModel.Tokens;

namespace Jiesu.Identity.Access;

/// <summary>
/// 令牌密钥, in the data folder, made at the first start and readable by its owner only. Nodes that share tokens share these files.
/// Without them all tokens of before are void, and nothing else.
/// </summary>
internal sealed record TokenKeys(SigningCredentials Signing, EncryptingCredentials Encryption)
{
    public static TokenKeys Open(string dataFolder)
    {
        var folder = Directory.CreateDirectory(Path.Combine(dataFolder, "keys")).FullName;
        var signing = ECDsa.Create();
        signing.ImportPkcs8PrivateKey(SecretFile.Open(Path.Combine(folder, "token-signing.key"), () => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKey()), out _);
        var encryption = SecretFile.Open(Path.Combine(folder, "token-encryption.key"), () => RandomNumberGenerator.GetBytes(32));
        return new(
            new(new ECDsaSecurityKey(signing), SecurityAlgorithms.EcdsaSha256),
            new(new SymmetricSecurityKey(encryption), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }
}
