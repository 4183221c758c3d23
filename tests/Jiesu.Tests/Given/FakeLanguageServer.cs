using System.Collections.Concurrent;
using System.Text.Json;
using Jiesu.Intelligence.Features.Language;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jiesu.Tests.Given;

/// <summary>An OpenAI-compatible server on a free port that answers as the test says, well or badly, and remembers what it was sent.</summary>
internal sealed class FakeLanguageServer : IAsyncDisposable
{
    public const string Model = "fake-7b";
    public const string Key = "secret-key-of-the-district";

    private readonly WebApplication _app;
    private readonly string _keyFile = Path.Combine(Path.GetTempPath(), "k" + Guid.CreateVersion7().ToString("N"));
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ConcurrentQueue<string> _keys = new();

    private FakeLanguageServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseSetting(WebHostDefaults.ShutdownTimeoutKey, "0");
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>What it says, given the body that it was sent.</summary>
    public Func<HttpContext, string, Task> Answer { get; set; } = (http, _) => SayAsync(http, "{}");

    /// <summary>Bodies, oldest first.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];
    public IReadOnlyList<string> Keys => [.. _keys];
    public string Url => _app.Urls.First() + "/v1";

    public static async Task<FakeLanguageServer> StartAsync()
    {
        var server = new FakeLanguageServer();
        await server._app.StartAsync();
        await File.WriteAllTextAsync(server._keyFile, Key + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(server._keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return server;
    }

    /// <summary>Lets the house ask this server.</summary>
    public void AddTo(IServiceCollection services, Func<LanguageSettings, LanguageSettings>? with = null)
    {
        var settings = new LanguageSettings { Enabled = true, Endpoint = Url, Model = Model, KeyFile = _keyFile, TimeoutSeconds = 1, PricePerMillionInput = 2, PricePerMillionOutput = 8 };
        services.AddSingleton(Options.Create(with?.Invoke(settings) ?? settings));
    }

    public void Says(string content) => Answer = (http, _) => SayAsync(http, content);

    public void Fails(int status) => Answer = (http, _) =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync("""{"error": {"message": "no"}}""");
    };

    public static Task SayAsync(HttpContext http, string content) => http.Response.WriteAsJsonAsync(new
    {
        id = "1",
        @object = "chat.completion",
        created = 1,
        model = Model,
        choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content } } },
        usage = new { prompt_tokens = 100, completion_tokens = 50, total_tokens = 150 },
    });

    /// <summary>What was said between the fences, without escapes.</summary>
    public static string TextOf(string body) =>
        string.Join('\n', JsonDocument.Parse(body).RootElement.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("content")).Select(c => c.ValueKind == JsonValueKind.String ? c.GetString() : c[0].GetProperty("text").GetString()));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_keyFile);
    }

    private async Task ServeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        _asked.Enqueue(body);
        _keys.Enqueue(http.Request.Headers.Authorization.ToString());
        await Answer(http, body);
    }
}
