using System.Security.Cryptography;
using System.Text;

namespace Jiesu.Platform;

/// <summary>重算比对 (REL-28): what is stored beside what the events tell, row by row, each summed up in one digest; the first rows that differ are named.</summary>
public sealed class Retelling : IDisposable
{
    private const int MostNamed = 5;
    private readonly IncrementalHash _stored = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _told = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<string> _differing = [];
    private int _rows;
    private int _different;

    /// <param name="name">As an operator finds the row: a number or an id, never a person.</param>
    /// <param name="stored">The row as it stands, in one line; null when it is missing.</param>
    /// <param name="told">The row as its events tell it, in the same words; null when no event does.</param>
    public void Compare(string name, string? stored, string? told)
    {
        _rows++;
        _stored.AppendData(Encoding.UTF8.GetBytes($"{name} {stored}\n"));
        _told.AppendData(Encoding.UTF8.GetBytes($"{name} {told}\n"));
        if (stored == told)
        {
            return;
        }

        if (++_different <= MostNamed)
        {
            _differing.Add($"{name}（存：{stored ?? "无"}；应：{told ?? "无"}）");
        }
    }

    /// <param name="what">中文; what the rows are.</param>
    /// <param name="advice">中文; what to do when they differ.</param>
    public CheckResult Result(string what, string advice)
    {
        var (stored, told) = (Convert.ToHexStringLower(_stored.GetHashAndReset()), Convert.ToHexStringLower(_told.GetHashAndReset()));
        return stored == told
            ? new($"{what} {_rows} 件，由事件重算与所存一致，摘要 {stored}")
            : new("", $"{what} {_rows} 件中有 {_different} 件与事件重算的结果不符，先是 {string.Join("；", _differing)}。所存摘要 {stored}，重算摘要 {told}。{advice}");
    }

    /// <summary>An instant as both databases keep it: PostgreSQL cuts off below the microsecond.</summary>
    public static string Told(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture) ?? "-";

    public void Dispose()
    {
        _stored.Dispose();
        _told.Dispose();
    }
}
