using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;

namespace Jiesu.Host.Pages;

/// <summary>表单令牌: over TLS its cookie is bound to this host and never sent in clear, on plain http (loopback) it has a plain name. The framework knows one name only, so there are two of it.</summary>
internal sealed class SchemeAntiforgery(IDataProtectionProvider protection, ILoggerFactory loggers) : IAntiforgery
{
    private readonly IAntiforgery _plain = Make(protection, loggers, "jiesu-csrf", CookieSecurePolicy.None);
    private readonly IAntiforgery _secure = Make(protection, loggers, "__Host-jiesu-csrf", CookieSecurePolicy.Always);

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => Of(httpContext).GetAndStoreTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => Of(httpContext).GetTokens(httpContext);

    public Task<bool> IsRequestValidAsync(HttpContext httpContext) => Of(httpContext).IsRequestValidAsync(httpContext);

    public void SetCookieTokenAndHeader(HttpContext httpContext) => Of(httpContext).SetCookieTokenAndHeader(httpContext);

    public Task ValidateRequestAsync(HttpContext httpContext) => Of(httpContext).ValidateRequestAsync(httpContext);

    private IAntiforgery Of(HttpContext http) => http.Request.IsHttps ? _secure : _plain;

    private static IAntiforgery Make(IDataProtectionProvider protection, ILoggerFactory loggers, string cookie, CookieSecurePolicy policy) => new ServiceCollection()
        .AddSingleton(protection).AddSingleton(loggers).AddLogging()
        .AddAntiforgery(o => (o.Cookie.Name, o.Cookie.SecurePolicy, o.Cookie.Path) = (cookie, policy, "/"))
        .BuildServiceProvider().GetRequiredService<IAntiforgery>();
}
