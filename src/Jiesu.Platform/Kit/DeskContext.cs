using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jiesu.Platform.Kit;

/// <summary>Settings of the pages, section <c>Jiesu</c>.</summary>
public sealed class DeskSettings
{
    /// <summary>Name of the district in the header, for example 丰台区; empty by default.</summary>
    public string District { get; init; } = "";
}

/// <summary>What the layout shows around a page: who, where, and where one may go.</summary>
public sealed class DeskContext(IDeskUser user, Modules modules, IOptions<DeskSettings> settings, IHostEnvironment environment, IHttpContextAccessor http)
{
    /// <summary>Version of this program, without the commit.</summary>
    public static string Version { get; } =
        (Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+')[0];

    /// <summary>The sample page of the kit is listed for whoever builds pages.</summary>
    public bool ShowsKit => environment.IsDevelopment();

    public IDeskUser User => user;
    public string District => settings.Value.District;
    public string? Toast => field ??= Page.TakeToast(http.HttpContext);
    public string Search => Query("q");
    public IReadOnlyList<MenuGroup> Menu => field ??= DeskMenu.For(modules.Menu, user.Can, Path, http.HttpContext?.Request.QueryString.Value ?? "");

    /// <summary>页眉标记 of whoever is signed in.</summary>
    public IEnumerable<DeskSign> Signs => modules.Signs.Where(s => user.Can(s.Permission));

    private string Path => http.HttpContext?.Request.Path.Value ?? "/";

    private string Query(string name) => Path == "/orders" ? http.HttpContext?.Request.Query[name].ToString() ?? "" : "";
}
