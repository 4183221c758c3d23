using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Jiesu.Tests.Scope;

/// <summary>All that an answer tells: status, headers, and the body with whatever is packed in it. Of a stream without end, its first message.</summary>
internal sealed partial record Answer(int Status, string Text)
{
    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var headers = string.Concat(response.Headers.Concat(response.Content.Headers).Select(h => $"{h.Key}: {string.Join(' ', h.Value)}\n"));
        var body = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? await FirstAsync(response, ct) : Unpack(await response.Content.ReadAsByteArrayAsync(ct));
        return new((int)response.StatusCode, WebUtility.UrlDecode(headers) + body);
    }

    /// <summary>Nothing but what differs from one request to the next is taken out: traces, times, form tokens, and the ids that were asked for.</summary>
    public string Alike(MarkedOrder asked)
    {
        var text = Changing().Replace(Text, "…");
        foreach (var id in new[] { asked.Id, asked.Attachment, asked.CallbackTask, asked.Import })
        {
            text = text.Replace(id, "…", StringComparison.OrdinalIgnoreCase);
        }

        return $"{Status}\n{text}";
    }

    private static async Task<string> FirstAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(ct) is { Length: > 0 } line)
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    private static string Unpack(byte[] body)
    {
        if (!body.AsSpan().StartsWith("PK"u8))
        {
            return Encoding.UTF8.GetString(body);
        }

        using var archive = new ZipArchive(new MemoryStream(body));
        return string.Join('\n', archive.Entries.Select(e =>
        {
            using var entry = new StreamReader(e.Open());
            return entry.ReadToEnd();
        }));
    }

    [GeneratedRegex("""[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}|0H[A-Z0-9]+(:[0-9A-F]+)?|name="__RequestVerificationToken"[^>]*|Set-Cookie: [^\n]*\n""")]
    private static partial Regex Changing();
}
