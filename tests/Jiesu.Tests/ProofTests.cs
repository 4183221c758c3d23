using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Jiesu.Callback;
using Jiesu.Identity;
using Jiesu.Intelligence.Features.Language;
using Jiesu.Orders;
using Jiesu.Platform;

namespace Jiesu.Tests;

/// <summary>The documents that say what is proved: complete, and true about the names of tests.</summary>
public sealed partial class ProofTests
{
    private static readonly HashSet<string> Tests =
        [.. typeof(ProofTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name)];

    [Theory]
    [InlineData("security/requirements.md", "SEC", 99)]
    [InlineData("reliability.md", "REL", 69)]
    public async Task Every_proof_that_the_documents_name_exists(string document, string kind, int last)
    {
        var text = await ReadAsync(document);
        var rows = Row().Matches(text);

        Assert.Equal(Enumerable.Range(1, last).Select(n => $"{kind}-{n:00}"), rows.Select(r => r.Groups["id"].Value));
        Assert.Empty(TestName().Matches(text).Select(m => m.Groups["name"].Value).Except(Tests));
        Assert.All(rows.Where(r => r.Groups["state"].Value == "built"), r => Assert.Contains("`", r.Groups["proof"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_setting_is_explained_to_operators()
    {
        var page = await ReadAsync("operations/settings.md");
        Type[] doors = [typeof(IdentityModule), typeof(OrdersModule), typeof(CallbackModule), typeof(JiesuDb)];
        var settings = doors.SelectMany(d => d.Assembly.GetTypes()).Where(t => t.Name.EndsWith("Settings", StringComparison.Ordinal)).Append(typeof(LanguageSettings))
            .SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)).Select(p => p.Name).ToArray();

        Assert.Contains("MostReworks", settings);
        Assert.All(settings, name => Assert.Matches($"`(Jiesu:)?{name}`", page));
    }

    private static Task<string> ReadAsync(string document) =>
        File.ReadAllTextAsync(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../docs", document)), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"^\| (?<id>[A-Z]{3}-\d\d) \| (?<state>built|setting|outside|open) \| (?<proof>.*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
