using Jiesu.Platform;

namespace Jiesu.Orders.Contracts;

/// <summary>批量导入: the third door of intake, for who has a file at hand and no browser.</summary>
public interface IImports
{
    /// <summary>Keeps the file and puts it into the queue. What cannot be read or mapped is refused here.</summary>
    /// <param name="file">Seekable; stays the caller's.</param>
    Task<Result<ImportView>> BeginAsync(Stream file, string name, ImportChoice choice, Actor actor, CancellationToken ct);

    /// <summary>Works on it for some thousand rows, unless another process does, and tells how far it is. Safe to repeat, also after a crash.</summary>
    /// <param name="progress">Hears how many rows are done.</param>
    Task<ImportView> WorkAsync(Guid id, IProgress<int>? progress, CancellationToken ct);
}

/// <summary>列对应方式: a mapping, or a template by its name, or neither: then columns are known by their titles. Both: the mapping is kept under the name.</summary>
/// <param name="Mapping">JSON <c>{column: field}</c>.</param>
public sealed record ImportChoice(string? Mapping, string? Template);

/// <summary>导入进度.</summary>
/// <param name="State"><c>Draft</c> (only by the page), <c>Queued</c>, <c>Running</c>, <c>Completed</c>, <c>Failed</c>.</param>
/// <param name="Total">Rows with content, without the header.</param>
/// <param name="Done">Rows that were looked at: imported, duplicate or failed.</param>
/// <param name="Failed">Rows that did not become orders.</param>
/// <param name="Problem">Why the whole file failed; null otherwise.</param>
/// <param name="Mapping">Column to field.</param>
/// <param name="Errors">The first hundred.</param>
/// <param name="ErrorsUrl">All of them with the rows themselves, as a sheet.</param>
public sealed record ImportView(
    Guid Id, string Name, string State, int Total, int Done, int Imported, int Duplicates, int Failed, string? Problem, IReadOnlyDictionary<string, string> Mapping,
    DateTimeOffset At, DateTimeOffset? EndedAt, IReadOnlyList<ImportRowError> Errors, string ErrorsUrl);

/// <summary>行错误.</summary>
/// <param name="Row">行号, as the spreadsheet program shows it: the header is usually row 1.</param>
public sealed record ImportRowError(int Row, string Message);
