using System.ClientModel;
using System.Globalization;
using Jiesu.Intelligence.Contracts;
using Jiesu.Platform;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jiesu.Intelligence.Features.Language;

/// <summary>Asks the model: strikes out, asks within the limit, checks the answer, writes down how it went. Whatever goes wrong outside is an outcome, never an exception.</summary>
internal sealed class LanguageModel(LanguageServer server, Breaker breaker, IOptions<LanguageSettings> options, IServiceScopeFactory scopes, TimeProvider clock, ILogger<LanguageModel> log) : ILanguageModel
{
    private readonly LanguageSettings _settings = options.Value;

    public bool Offers(LanguageTask task) => _settings.Does(task);

    public int MostPerMinute => _settings.MostPerMinute;

    public async Task<LanguageAnswer<ExtractedFacts>> ExtractAsync(LanguageOrder order, CancellationToken ct)
    {
        var redaction = new Redaction(order.Known);
        var question = Prompt.Extract(order, redaction);
        return await AskAsync(LanguageTask.Extract, order, () => question, answer => Answers.Extract(answer, question[^1].Text), ct);
    }

    public Task<LanguageAnswer<RankedClasses>> RankAsync(LanguageOrder order, IReadOnlyList<ClassAdvice> candidates, CancellationToken ct) =>
        AskAsync(LanguageTask.Rank, order, () => Prompt.Rank(order, candidates, new(order.Known)), answer => Answers.Rank(answer, [.. candidates.Select(c => c.Code)]), ct);

    public Task<LanguageAnswer<string>> DraftReplyAsync(LanguageOrder order, IReadOnlyList<string> examples, CancellationToken ct) =>
        WriteAsync(LanguageTask.Reply, order, redaction => Prompt.Reply(order, examples, redaction), ct);

    public Task<LanguageAnswer<string>> SummariseAsync(LanguageOrder order, string? result, CancellationToken ct) =>
        WriteAsync(LanguageTask.Summary, order, redaction => Prompt.Summary(order, result, redaction), ct);

    public string Strike(string text) => new Redaction([]).Strike(text);

    /// <summary>测试提问 of an operator; asked even while the model rests.</summary>
    public async Task<LanguageAnswer<string>> TestAsync(CancellationToken ct) =>
        _settings.Enabled ? await AskAsync(LanguageTask.Summary, null, Prompt.Test(), Answers.Text, ct) : new(null, LanguageOutcome.Off);

    private async Task<LanguageAnswer<string>> WriteAsync(LanguageTask task, LanguageOrder order, Func<Redaction, IReadOnlyList<ChatMessage>> ask, CancellationToken ct)
    {
        var redaction = new Redaction(order.Known);
        var answer = await AskAsync(task, order, () => ask(redaction), Answers.Text, ct);
        return answer.Value is { } draft ? answer with { Value = redaction.Restore(draft) } : answer;
    }

    private async Task<LanguageAnswer<T>> AskAsync<T>(LanguageTask task, LanguageOrder order, Func<IReadOnlyList<ChatMessage>> ask, Func<string, (T? Value, LanguageOutcome Outcome)> check, CancellationToken ct)
        where T : class
    {
        if (!Offers(task))
        {
            return new(null, LanguageOutcome.Off);
        }

        if (order.IsSecret)
        {
            return new(null, LanguageOutcome.Withheld);
        }

        if (!breaker.MayAsk())
        {
            await KeepAsync(task, order.Id, LanguageOutcome.Resting, 0, null);
            return new(null, LanguageOutcome.Resting);
        }

        return await AskAsync(task, order.Id, ask(), check, ct);
    }

    private async Task<LanguageAnswer<T>> AskAsync<T>(LanguageTask task, Guid? order, IReadOnlyList<ChatMessage> question, Func<string, (T? Value, LanguageOutcome Outcome)> check, CancellationToken ct)
        where T : class
    {
        var begun = clock.GetTimestamp();
        var (response, outcome) = await SendAsync(question, ct);
        T? value = null;
        if (response is null)
        {
            breaker.Failed();
        }
        else
        {
            // an answer of the wrong shape is the text's doing as often as the server's: a citizen must not be able to switch the model off for all
            breaker.Succeeded();
            (value, outcome) = check(response.Text);
        }

        await KeepAsync(task, order, outcome, (int)clock.GetElapsedTime(begun).TotalMilliseconds, response?.Usage);
        return new(value, outcome, value is null ? null : _settings.Model);
    }

    /// <summary>The limit is for the whole answer, so that a stream without end ends here.</summary>
    private async Task<(ChatResponse? Response, LanguageOutcome Outcome)> SendAsync(IReadOnlyList<ChatMessage> question, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(_settings.TimeoutSeconds));
        try
        {
            var options = new ChatOptions { MaxOutputTokens = _settings.MaxOutputTokens, Temperature = 0, ResponseFormat = ChatResponseFormat.Json };
            return (await server.Chat.GetResponseAsync(question, options, limit.Token), LanguageOutcome.Answered);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var outcome = limit.IsCancellationRequested ? LanguageOutcome.TimedOut : OutcomeOf(e);
            log.LogWarning("The language model did not answer: {Outcome} ({Kind}, status {Status})", outcome, e.GetType().Name, (e as ClientResultException)?.Status.ToString(CultureInfo.InvariantCulture) ?? "none");
            return (null, outcome);
        }
    }

    /// <summary>What a server says can make its client stumble anywhere: whatever is not known here is an answer that could not be read.</summary>
    private static LanguageOutcome OutcomeOf(Exception e) => (e, e.GetBaseException()) switch
    {
        (_, AnswerTooLargeException) => LanguageOutcome.TooLarge,
        (_, RedirectedException) => LanguageOutcome.Refused,
        (ClientResultException { Status: > 0 }, _) => LanguageOutcome.Refused,
        (ClientResultException or HttpRequestException or IOException, _) => LanguageOutcome.Unreachable,
        _ => LanguageOutcome.Malformed,
    };

    /// <summary>In a session of its own: whoever asks may have changes of theirs waiting, and a draft that was asked for in vain is written down all the same.</summary>
    private async Task KeepAsync(LanguageTask task, Guid? order, LanguageOutcome outcome, int milliseconds, UsageDetails? usage)
    {
        var (input, output) = (Math.Clamp(usage?.InputTokenCount ?? 0, 0, int.MaxValue), Math.Clamp(usage?.OutputTokenCount ?? 0, 0, int.MaxValue));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        db.Add(new LanguageCall
        {
            Task = task,
            OrderId = order,
            Outcome = outcome,
            Milliseconds = milliseconds,
            InputTokens = (int)input,
            OutputTokens = (int)output,
            Cost = _settings.CostOf(input, output),
            At = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
