using Jiesu.Platform;
using Microsoft.AspNetCore.Http;

namespace Jiesu.Identity.Contracts;

/// <summary>当前身份: who the sign-in of a request stands for now; for an answer that lasts longer than what it was allowed with (SEC-10).</summary>
public interface IStanding
{
    /// <summary>Asked anew, as if the request came now; null when nobody is signed in any more. Looking is no use of the session: it still ends when nobody works.</summary>
    Task<Actor?> AskAgainAsync(HttpRequest request, CancellationToken ct);
}
