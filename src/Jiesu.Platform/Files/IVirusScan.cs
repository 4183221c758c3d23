namespace Jiesu.Platform.Files;

/// <summary>查毒结论.</summary>
public enum ScanVerdict
{
    /// <summary>无毒.</summary>
    Clean,

    /// <summary>有毒.</summary>
    Infected,

    /// <summary>查毒服务不可用: nothing is known; the file waits.</summary>
    Unknown,
}

/// <summary>查毒 (SEC-80): the port to an antivirus daemon.</summary>
public interface IVirusScan
{
    /// <param name="content">Seekable; read from its start.</param>
    Task<ScanVerdict> ScanAsync(Stream content, CancellationToken ct);
}

/// <summary>不查毒: no daemon is set up, so every file counts as clean.</summary>
internal sealed class NoScan : IVirusScan
{
    public Task<ScanVerdict> ScanAsync(Stream content, CancellationToken ct) => Task.FromResult(ScanVerdict.Clean);
}
