namespace Jiesu.Identity.Access;

/// <summary>Where one may be led after sign-in: a path of this house, else its front page (SEC-73).</summary>
internal static class LocalUrl
{
    public static string Of(string? url) => IsLocal(url) ? url! : "/";

    private static bool IsLocal(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Contains('\\') && !url.Any(char.IsControl)
        && Uri.UnescapeDataString(url) is not ['/', '/' or '\\', ..];
}
