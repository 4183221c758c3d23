using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HotIssuesAndEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "basis",
                table: "orders_mass_event",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "is_gathering",
                table: "orders_mass_event",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "levelled_at",
                table: "orders_mass_event",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "point_key",
                table: "orders_mass_event",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "catalog_mass_event_rule",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    callers_in_day = table.Column<int>(type: "INTEGER", nullable: false),
                    callers_in_week = table.Column<int>(type: "INTEGER", nullable: false),
                    third_times = table.Column<int>(type: "INTEGER", nullable: false),
                    second_times = table.Column<int>(type: "INTEGER", nullable: false),
                    first_times = table.Column<int>(type: "INTEGER", nullable: false),
                    headcount = table.Column<int>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    except = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    by_point = table.Column<bool>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    author_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_mass_event_rule", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_word",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    term = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    canonical = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    is_off = table.Column<bool>(type: "INTEGER", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_word", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_word_candidate",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    term = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    orders = table.Column<int>(type: "INTEGER", nullable: false),
                    orders_before = table.Column<int>(type: "INTEGER", nullable: false),
                    score = table.Column<double>(type: "REAL", nullable: false),
                    examples = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_word_candidate", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_word_search",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    requested_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    orders = table.Column<int>(type: "INTEGER", nullable: false),
                    found = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_word_search", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_catalog_mass_event_rule_code_revision",
                table: "catalog_mass_event_rule",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_word_term",
                table: "intelligence_word",
                column: "term",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_word_candidate_state_score",
                table: "intelligence_word_candidate",
                columns: new[] { "state", "score" });

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_word_candidate_term",
                table: "intelligence_word_candidate",
                column: "term",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_word_search_requested_at",
                table: "intelligence_word_search",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_word_search_state",
                table: "intelligence_word_search",
                column: "state",
                unique: true,
                filter: "state IN ('Queued', 'Running')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "catalog_mass_event_rule");

            migrationBuilder.DropTable(
                name: "intelligence_word");

            migrationBuilder.DropTable(
                name: "intelligence_word_candidate");

            migrationBuilder.DropTable(
                name: "intelligence_word_search");

            migrationBuilder.DropColumn(
                name: "basis",
                table: "orders_mass_event");

            migrationBuilder.DropColumn(
                name: "is_gathering",
                table: "orders_mass_event");

            migrationBuilder.DropColumn(
                name: "levelled_at",
                table: "orders_mass_event");

            migrationBuilder.DropColumn(
                name: "point_key",
                table: "orders_mass_event");
        }
    }
}
