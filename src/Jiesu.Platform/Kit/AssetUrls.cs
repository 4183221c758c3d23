namespace Jiesu.Platform.Kit;

/// <summary>
/// Address of a bundled file with its fingerprint, by its plain name (<c>app.js</c>). A service instead of <c>@Assets</c>, because
/// that is empty outside <c>MapRazorComponents</c>: in minimal API endpoints, on error pages and in parts sent over an event stream.
/// </summary>
public sealed class AssetUrls
{
    private Dictionary<string, string> _urls = [];

    public string this[string name] => _urls.GetValueOrDefault("dist/" + name, "/dist/" + name);

    /// <summary>The host tells what the build made: plain route and address with fingerprint.</summary>
    public void Fill(IEnumerable<(string Label, string Route)> assets) =>
        _urls = assets.DistinctBy(a => a.Label).ToDictionary(a => a.Label, a => "/" + a.Route);
}
