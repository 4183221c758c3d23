using System.Globalization;

namespace Jiesu.Catalog.Contracts;

/// <summary>审批层级: who may decide at this level, and within how many hours.</summary>
/// <param name="Roles">角色代码; any of them.</param>
/// <param name="Hours">审批时限, elapsed hours, 1–720.</param>
public sealed record ApprovalLevel(IReadOnlyList<string> Roles, int Hours);

/// <summary>审批链: one to three levels for a kind of application (hotline guide 11, row 12). Written <c>DR/DL 24, DL 24</c>.</summary>
public sealed record ApprovalChain(IReadOnlyList<ApprovalLevel> Levels)
{
    public const int MostLevels = 3;
    private const int MostHours = 720;

    /// <summary>No chain: whoever holds the permission decides alone.</summary>
    public static ApprovalChain None { get; } = new([]);

    public static ApprovalChain Read(string? text) => text is null ? None : TryRead(text) ?? throw new InvalidOperationException($"{text} is no chain.");

    /// <summary>Null when the text is no chain of one to three levels.</summary>
    public static ApprovalChain? TryRead(string text)
    {
        var levels = text.Split([',', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Level).ToArray();
        return levels.Length is 0 or > MostLevels || levels.Contains(null) ? null : new([.. levels.OfType<ApprovalLevel>()]);
    }

    /// <summary>As <see cref="Read"/> reads it; null for no chain.</summary>
    public string? Write() => Levels.Count == 0 ? null : string.Join(", ", Levels.Select(l => string.Create(CultureInfo.InvariantCulture, $"{string.Join('/', l.Roles)} {l.Hours}")));

    private static ApprovalLevel? Level(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var roles, var hours] || !int.TryParse(hours, CultureInfo.InvariantCulture, out var most) || most is < 1 or > MostHours)
        {
            return null;
        }

        var codes = roles.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return codes.Length > 0 && codes.All(c => c.Length <= 8 && c.All(char.IsAsciiLetterUpper)) ? new(codes, most) : null;
    }
}
