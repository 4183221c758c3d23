using Jiesu.Platform;
using Jiesu.Platform.Files;
using Jiesu.Platform.Spreadsheets;

namespace Jiesu.Orders.Features.Import;

/// <summary>导入文件: kept in the file store, judged before they are kept.</summary>
internal sealed class ImportFiles(FileStore files)
{
    public static long LongestFile => SpreadsheetLimits.Default.FileBytes;

    /// <summary>Refuses what no import can use; the sheet reads from <paramref name="file"/>.</summary>
    public static Result<Spreadsheet> Judge(Stream file)
    {
        var sheet = SpreadsheetReader.Open(file);
        if (sheet is { IsSuccess: true, Value.RowCount: 0 })
        {
            sheet.Value.Dispose();
            return new Error(ErrorKind.Invalid, "import.no_rows", "文件里只有表头，没有数据。请填写数据后再上传。", "file");
        }

        return sheet;
    }

    public async Task<Result<StoredFile>> KeepAsync(Stream file, CancellationToken ct)
    {
        file.Position = 0;
        return await files.SaveAsync(file, LongestFile, ct);
    }

    public async Task<Result<Opened>> OpenAsync(string hash, CancellationToken ct)
    {
        var content = await files.OpenAsync(hash, ct);
        if (content.Error is not null)
        {
            return content.Error;
        }

        var sheet = Judge(content.Value);
        if (sheet.Error is null)
        {
            return new Opened(content.Value, sheet.Value);
        }

        await content.Value.DisposeAsync();
        return sheet.Error;
    }

    internal sealed record Opened(Stream Content, Spreadsheet Sheet) : IDisposable
    {
        public void Dispose()
        {
            Sheet.Dispose();
            Content.Dispose();
        }
    }
}
