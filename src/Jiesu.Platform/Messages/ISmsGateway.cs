namespace Jiesu.Platform.Messages;

/// <summary>短信.</summary>
/// <param name="Id">Stays the same for one message: a gateway that gets it twice sends it once.</param>
/// <param name="Mobile">手机号, 11 digits.</param>
/// <param name="Text">Without the signature (短信签名), which the gateway puts before it. Holds no personal data.</param>
public sealed record Sms(Guid Id, string Mobile, string Text);

/// <summary>短信提交结果.</summary>
public enum SmsOutcome
{
    /// <summary>已提交: the gateway took it over.</summary>
    Accepted,

    /// <summary>拒收: it will never go out: a barred number, a text that was not approved.</summary>
    Refused,

    /// <summary>稍后再试: the gateway did not take it and says so.</summary>
    Busy,

    /// <summary>无通道: no gateway is installed.</summary>
    NoChannel,
}

/// <summary>短信回执 of the submission.</summary>
/// <param name="Receipt">What the gateway calls the message; at most 100 characters.</param>
/// <param name="Reason">Chinese; why it was not taken over.</param>
public sealed record SmsAnswer(SmsOutcome Outcome, string? Receipt = null, string? Reason = null);

/// <summary>短信通道. An exception means that nobody knows whether the message went out: the caller does not send it again (REL-21).</summary>
public interface ISmsGateway
{
    /// <summary>False while none is installed: pages say so before anybody waits for a message.</summary>
    bool IsInstalled { get; }

    Task<SmsAnswer> SendAsync(Sms sms, CancellationToken ct);
}

/// <summary>The house without a gateway: nothing leaves, and what would have is marked so.</summary>
internal sealed class NoSmsGateway : ISmsGateway
{
    public bool IsInstalled => false;

    public Task<SmsAnswer> SendAsync(Sms sms, CancellationToken ct) => Task.FromResult(new SmsAnswer(SmsOutcome.NoChannel, Reason: "未接入短信通道"));
}
