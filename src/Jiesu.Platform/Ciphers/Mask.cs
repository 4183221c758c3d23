using System.Text;
using System.Text.RegularExpressions;

namespace Jiesu.Platform.Ciphers;

/// <summary>脱敏 (SEC-31): done on the server while projecting. What is not understood is hidden rather than shown.</summary>
public static partial class Mask
{
    private const int MobileLength = 11;

    /// <summary>张三 → 张**; the number of stars tells nothing.</summary>
    public static string Name(string name)
    {
        var first = name.Trim().EnumerateRunes().FirstOrDefault();
        return first.Value == 0 ? "" : first + "**";
    }

    /// <summary>138****5678; 010-****1234; several numbers each for itself; words between them are hidden.</summary>
    public static string Phone(string phone)
    {
        var plain = phone.Normalize(NormalizationForm.FormKC);
        return PhonePieces().Replace(plain, piece => char.IsAsciiDigit(piece.Value[0]) || piece.Value[0] is '+' or '(' ? Number(piece.Value) : "**");
    }

    /// <summary>110***********1234; older numbers and other papers alike, short ones wholly.</summary>
    public static string IdCard(string number)
    {
        var plain = number.Trim();
        return plain.Length < 12 ? new string('*', plain.Length) : $"{plain[..3]}{new string('*', plain.Length - 7)}{plain[^4..]}";
    }

    /// <summary>To the building: 芳星园二区3号楼2单元501 → 芳星园二区3号楼***. Without a building, what follows the last house number goes.</summary>
    public static string Address(string address)
    {
        var building = Building().Match(address);
        var end = building.Success ? building.Index + building.Length : Room().Match(address) is { Success: true } room ? room.Index : address.Length;
        return end == address.Length ? address : address[..end] + "***";
    }

    private static string Number(string piece)
    {
        var digits = string.Concat(piece.Where(char.IsAsciiDigit));
        var national = digits.TrimStart('0');
        if (national.Length == MobileLength + 2 && national.StartsWith("861", StringComparison.Ordinal))
        {
            digits = national[2..];
        }

        return digits switch
        {
            ['1', ..] when digits.Length == MobileLength => $"{digits[..3]}****{digits[^4..]}",
            ['0', '1' or '2', ..] when digits.Length >= 10 => $"{digits[..3]}-****{digits[^4..]}",
            ['0', ..] when digits.Length >= 10 => $"{digits[..4]}-****{digits[^4..]}",
            { Length: > MobileLength } => $"{digits[..3]}****{digits[^4..]}",
            { Length: >= 7 } => $"****{digits[^4..]}",
            _ => new string('*', digits.Length),
        };
    }

    /// <summary>A number with its blanks, hyphens and brackets; or letters.</summary>
    [GeneratedRegex(@"[+(]?\d[\d\- ()]*|[\p{L}\p{M}]+", RegexOptions.NonBacktracking)]
    private static partial Regex PhonePieces();

    [GeneratedRegex(@"^.*[\dA-Za-z甲乙丙丁] ?(号楼|栋|幢|座)", RegexOptions.NonBacktracking)]
    private static partial Regex Building();

    [GeneratedRegex(@"[\dA-Za-z一二三四五六七八九十零〇-]+(单元|层|楼|室|门|户)|\d+(-\d+)+|\d{3,}$", RegexOptions.NonBacktracking)]
    private static partial Regex Room();
}
