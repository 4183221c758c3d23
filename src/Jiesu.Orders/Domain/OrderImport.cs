namespace Jiesu.Orders.Domain;

/// <summary>导入状态.</summary>
internal enum ImportState { Draft, Queued, Running, Completed, Failed }

/// <summary>
/// 批量导入: one file on its way into the desk. Its cursor moves in the transaction of the orders that it passes, so that a run that was killed goes on
/// where its last transaction ended, and nothing comes in twice.
/// </summary>
internal sealed class OrderImport
{
    /// <summary>Runs that begin and save nothing: after so many the file is given up, so that those behind it have their turn.</summary>
    private const int MostAttempts = 5;

    public required Guid Id { get; init; }

    /// <summary>文件名, as shown.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the content in the file store.</summary>
    public required string Hash { get; init; }

    /// <summary>Rows with content, without the header.</summary>
    public required int Total { get; init; }

    /// <summary>列对应: JSON, column to field.</summary>
    public required string Mapping { get; set; }

    public ImportState State { get; private set; }

    /// <summary>行号 of the last row that is done, as the spreadsheet program shows it; 0 before the first.</summary>
    public int Cursor { get; private set; }
    public ImportCounts Counts { get; private set; } = new(0, 0, 0);

    /// <summary>Why the whole file came to nothing; null otherwise.</summary>
    public string? Problem { get; private set; }

    public required Guid ById { get; init; }
    public required Guid ByUnitId { get; init; }
    public required string ByRole { get; init; }

    /// <summary>数据范围 of the person when the file came in, JSON; null for the whole district.</summary>
    public required string? ByScope { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The process that works on it, and until when others leave it alone.</summary>
    public Guid? Runner { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }
    public int Attempts { get; private set; }

    /// <summary>Two processes that believe to have the lease cannot both save.</summary>
    public int Version { get; private set; }

    public bool IsOver => State is ImportState.Completed or ImportState.Failed;

    /// <summary>开始导入; false when it was started before.</summary>
    public bool TryQueue()
    {
        if (State != ImportState.Draft)
        {
            return false;
        }

        State = ImportState.Queued;
        Version++;
        return true;
    }

    /// <summary>False when it is over, not started, or in the hands of another process.</summary>
    public bool TryTake(Guid runner, DateTimeOffset now, DateTimeOffset until)
    {
        if (State is not (ImportState.Queued or ImportState.Running) || (Runner != runner && LeaseUntil > now))
        {
            return false;
        }

        if (++Attempts > MostAttempts)
        {
            End(now, "导入多次中断，已停止。已导入的工单有效；请把其余行另存后重新导入，或联系系统管理员。");
            return true;
        }

        (State, Runner, LeaseUntil) = (ImportState.Running, runner, until);
        Version++;
        return true;
    }

    /// <param name="cursor">The last row of the batch.</param>
    /// <param name="counts">As they are with the batch.</param>
    public void MoveTo(int cursor, ImportCounts counts, DateTimeOffset leaseUntil)
    {
        (Cursor, Counts, LeaseUntil, Attempts) = (cursor, counts, leaseUntil, 0);
        Version++;
    }

    /// <summary>Others may go on with it at once.</summary>
    public void Release()
    {
        (Runner, LeaseUntil) = (null, null);
        Version++;
    }

    /// <param name="problem">Null: every row was looked at.</param>
    public void End(DateTimeOffset now, string? problem)
    {
        (State, Problem, EndedAt, Runner, LeaseUntil) = (problem is null ? ImportState.Completed : ImportState.Failed, problem, now, null, null);
        Version++;
    }
}

/// <summary>导入计数: the three make up the rows that are done.</summary>
internal sealed record ImportCounts(int Imported, int Duplicates, int Failed)
{
    public int Done => Imported + Duplicates + Failed;

    public static ImportCounts operator +(ImportCounts left, ImportCounts right) =>
        new(left.Imported + right.Imported, left.Duplicates + right.Duplicates, left.Failed + right.Failed);
}

/// <summary>导入错误: a row that did not become an order, and why.</summary>
internal sealed class ImportError
{
    public required Guid ImportId { get; init; }

    /// <summary>行号, as the spreadsheet program shows it.</summary>
    public required int Row { get; init; }
    public required string Message { get; init; }
}

/// <summary>导入模板: a mapping that a person keeps under a name.</summary>
internal sealed class ImportTemplate
{
    public required Guid PersonId { get; init; }
    public required string Name { get; init; }
    public required string Mapping { get; set; }
    public required DateTimeOffset At { get; set; }
}
