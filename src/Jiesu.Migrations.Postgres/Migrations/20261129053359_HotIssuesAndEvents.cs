using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Postgres.Migrations
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
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "is_gathering",
                table: "orders_mass_event",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "levelled_at",
                table: "orders_mass_event",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "point_key",
                table: "orders_mass_event",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "catalog_mass_event_rule",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    callers_in_day = table.Column<int>(type: "integer", nullable: false),
                    callers_in_week = table.Column<int>(type: "integer", nullable: false),
                    third_times = table.Column<int>(type: "integer", nullable: false),
                    second_times = table.Column<int>(type: "integer", nullable: false),
                    first_times = table.Column<int>(type: "integer", nullable: false),
                    headcount = table.Column<int>(type: "integer", nullable: false),
                    words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    except = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    by_point = table.Column<bool>(type: "boolean", nullable: false),
                    code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_mass_event_rule", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_word",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    term = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    canonical = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    is_off = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_word", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_word_candidate",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    term = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    orders = table.Column<int>(type: "integer", nullable: false),
                    orders_before = table.Column<int>(type: "integer", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    examples = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    found_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_word_candidate", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_word_search",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    orders = table.Column<int>(type: "integer", nullable: false),
                    found = table.Column<int>(type: "integer", nullable: false)
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
