using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;

namespace Jiesu.Intelligence.Features.Language;

/// <summary>大模型服务: the one address that texts may go to. No proxy, no redirect, no second try, no more than a megabyte back.</summary>
internal sealed class LanguageServer(IOptions<LanguageSettings> settings) : IDisposable
{
    private readonly Lazy<(HttpClient Http, IChatClient Chat)> _open = new(() => Open(settings.Value));

    public IChatClient Chat => _open.Value.Chat;

    public void Dispose()
    {
        if (_open.IsValueCreated)
        {
            _open.Value.Chat.Dispose();
            _open.Value.Http.Dispose();
        }
    }

    private static (HttpClient Http, IChatClient Chat) Open(LanguageSettings settings)
    {
        // a proxy from the environment would carry texts out of the district's network
        var wire = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(settings.TimeoutSeconds) };
        var http = new HttpClient(new ShortAnswers { InnerHandler = wire }) { Timeout = Timeout.InfiniteTimeSpan };    // each question brings its own limit
        var options = new OpenAIClientOptions
        {
            Endpoint = new Uri(settings.Endpoint!),
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        var key = settings.KeyFile is { } file ? File.ReadAllText(file).Trim() : "";
        return (http, new ChatClient(settings.Model!, new ApiKeyCredential(key.Length == 0 ? "none" : key), options).AsIChatClient());
    }

    /// <summary>Breaks off an answer that grows beyond all reason, whatever length it promised.</summary>
    private sealed class ShortAnswers : DelegatingHandler
    {
        private const int MostBytes = 1 << 20;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is >= 300 and < 400)
            {
                response.Dispose();
                throw new RedirectedException();
            }

            var whole = response.Content;
            response.Content = new StreamContent(new CountedStream(await whole.ReadAsStreamAsync(cancellationToken), MostBytes));
            foreach (var header in whole.Headers.Where(h => h.Key is not "Content-Length"))
            {
                response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            return response;
        }
    }
}

/// <summary>The server wanted the text sent to another address.</summary>
internal sealed class RedirectedException : Exception;

/// <summary>The answer was longer than any answer may be.</summary>
internal sealed class AnswerTooLargeException : Exception;

/// <summary>Reads up to so many bytes and no more.</summary>
internal sealed class CountedStream(Stream inner, int most) : Stream
{
    private int _read;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // nothing is written
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int more)
    {
        _read += more;
        return _read <= most ? more : throw new AnswerTooLargeException();
    }
}
