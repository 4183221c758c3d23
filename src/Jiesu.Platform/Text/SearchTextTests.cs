using System.Data.Common;
using CsCheck;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Platform.Text;

public sealed class SearchTextTests
{
    private static readonly Segmenter Segmenter = new(["芳星园"]);

    private static readonly string[] Texts =
    [
        "芳星园二区3号楼下水道堵塞，污水外溢",
        "翠林里13号楼暖气不热",
        "健身房关门，预付卡里的钱不给退款",
        "𠮷祥巷䶮路口 ABC12345678 号桩",
        "占道经营",
    ];

    private static readonly (string Typed, int[] Found)[] Queries =
    [
        ("下水道 堵塞", [0]),
        ("水道堵", [0]),
        ("3号楼", [0]),
        ("号楼", [0, 1]),
        ("预付卡退款", [2]),
        ("款", [2]),
        ("翠林１３", [1]),
        ("𠮷", [3]),
        ("䶮路", [3]),
        ("abc1234", [3]),
        ("堵塞，污水", [0]),
        ("经营", [4]),
        ("路", [3]),
        ("电梯", []),
    ];

    [Theory, InlineData("楼道𠮷", 3, "楼道"), InlineData("楼道𠮷", 4, "楼道𠮷"), InlineData("楼道", 9, "楼道")]
    public void The_beginning_of_a_text_never_ends_within_a_character(string text, int longest, string head) => Assert.Equal(head, UnicodeText.Head(text, longest));

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_query_finds_the_same_on_both_databases(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.InDbAsync(async db =>
        {
            var index = await Index.CreateAsync(db, database);
            foreach (var (typed, expected) in Queries)
            {
                var found = await index.FindAsync(typed);
                Assert.True(expected.SequenceEqual(found), $"{typed}: {string.Join(' ', found)}");
            }

            return new Done();
        });
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Each_piece_of_a_text_finds_it_and_no_sign_is_syntax(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.InDbAsync(async db =>
        {
            var index = await Index.CreateAsync(db, database);
            await Pieces.SampleAsync(async p => await index.FindAsync(p.Piece) is var found && (found.Contains(p.Text) || SearchQuery.Of(Segmenter, p.Piece) is null), iter: 100, threads: 1);
            await Hostile.SampleAsync(async typed => await index.FindAsync(typed) is not null, iter: 100, threads: 1);
            return new Done();
        });
    }

    private static readonly Gen<(int Text, string Piece)> Pieces =
        from text in Gen.Int[0, 2]
        from start in Gen.Int[0, Texts[text].Length - 1]
        from length in Gen.Int[1, Texts[text].Length - start]
        where !char.IsAsciiDigit(Texts[text][start]) || start == 0 || !char.IsAsciiDigit(Texts[text][start - 1])          // digits are found from their first
        where !char.IsAsciiDigit(Texts[text][start + length - 1]) || !char.IsAsciiDigit(Texts[text][Math.Min(start + length, Texts[text].Length - 1)])
        select (text, Texts[text].Substring(start, length));

    private static readonly Gen<string> Hostile = Gen.String[Gen.OneOf(Gen.Char["'\"\\%&|!*():<>-^ \0\uD800水a1"], Gen.Char), 0, 12];

    /// <summary>The texts in an index of the kind that each database has.</summary>
    private sealed class Index(DbConnection connection, string sql, Func<SearchQuery, string> form)
    {
        public static async Task<Index> CreateAsync(JiesuDb db, Database database)
        {
            await db.Database.OpenConnectionAsync();
            var connection = db.Database.GetDbConnection();
            var isSqlite = database == Database.Sqlite;
            await RunAsync(connection, isSqlite ? $"create virtual table temp.found using fts5({SearchText.Fts5Columns})" : "create temp table found(id int, text tsvector)");
            foreach (var (id, text) in Texts.Index())
            {
                var search = SearchText.Of(Segmenter, text);
                await (isSqlite
                    ? RunAsync(connection, "insert into found(rowid, words, grams) values (@p0, @p1, @p2)", id, search.Words, search.Grams)
                    : RunAsync(connection, "insert into found values (@p0, @p1::tsvector)", id, search.ToTsVector()));
            }

            return isSqlite
                ? new(connection, "select rowid from found where found match @p0 order by 1", q => q.Fts5)
                : new(connection, "select id::bigint from found where text @@ @p0::tsquery order by 1", q => q.TsQuery);
        }

        public async Task<int[]> FindAsync(string typed)
        {
            if (SearchQuery.Of(Segmenter, typed) is not { } query)
            {
                return [];
            }

            await using var command = Command(connection, sql, form(query));
            await using var reader = await command.ExecuteReaderAsync();
            List<int> found = [];
            while (await reader.ReadAsync())
            {
                found.Add((int)reader.GetInt64(0));
            }

            return [.. found];
        }

        private static async Task RunAsync(DbConnection connection, string sql, params object[] values)
        {
            await using var command = Command(connection, sql, values);
            await command.ExecuteNonQueryAsync();
        }

        private static DbCommand Command(DbConnection connection, string sql, params object[] values)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (i, value) in values.Index())
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"p{i}", value);
                command.Parameters.Add(parameter);
            }

            return command;
        }
    }
}
