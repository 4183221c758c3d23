using System.Diagnostics;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Http;

namespace Jiesu.Identity.Access;

/// <summary>Adds records to the session of the act. Where and under which sign-in it happened comes from the request; jobs have none.</summary>
internal sealed class AuditLog(JiesuDb db, IHttpContextAccessor http, TimeProvider clock) : IAuditLog
{
    private HttpContext? Http => http.HttpContext;

    public void Record(Actor actor, string act, string subject, string? detail = null) => Add(act, subject, detail, AuditResult.Done, actor);

    /// <summary>Without an actor: whoever is signed in, else nobody.</summary>
    public void Add(string act, string subject, string? detail, AuditResult result, Actor? actor = null)
    {
        var who = actor ?? (Http?.User.Identity?.IsAuthenticated == true ? Actors.From(Http.User) : null);
        var record = new AuditRecord
        {
            At = new(clock.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero),    // both databases keep milliseconds alike
            PersonId = who?.PersonId,
            UnitId = who?.UnitId,
            Role = who?.Role ?? "",
            Session = Http?.User.FindFirst(ClaimNames.Session)?.Value ?? "",
            Source = Source.Of(Http),
            Act = act,
            Subject = Cut(subject, 200),
            Detail = Cut(detail ?? "", 2000),
            Result = result,
            TraceId = Cut(Activity.Current?.Id ?? Http?.TraceIdentifier ?? "", 80),
        };
        db.Add(record);
        db.Add(new UnsealedRecord { AuditId = record.Id });
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
