using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Intelligence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "intelligence_alias",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    place_code = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    is_off = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_alias", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_decision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    matter = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    advised = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    chosen = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    class_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    town = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    model_version = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_returned = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_decision", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_language_call",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    milliseconds = table.Column<int>(type: "integer", nullable: false),
                    input_tokens = table.Column<int>(type: "integer", nullable: false),
                    output_tokens = table.Column<int>(type: "integer", nullable: false),
                    cost = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_language_call", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_place_confirmation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    place_code = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_place_confirmation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_shadow_run",
                columns: table => new
                {
                    model_version = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    champion_version = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    orders = table.Column<int>(type: "integer", nullable: false),
                    right = table.Column<int>(type: "integer", nullable: false),
                    champion_right = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_shadow_run", x => x.model_version);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_unit_count",
                columns: table => new
                {
                    class_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    town = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    sent = table.Column<int>(type: "integer", nullable: false),
                    returned = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_unit_count", x => new { x.class_code, x.town, x.unit });
                });

            migrationBuilder.CreateTable(
                name: "orders_dispatch_rule",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    no = table.Column<int>(type: "integer", nullable: false),
                    class_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    town_code = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true),
                    word = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    lead_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    support = table.Column<int>(type: "integer", nullable: false),
                    right = table.Column<int>(type: "integer", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    replay = table.Column<string>(type: "text", nullable: true),
                    replayed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    daily_limit = table.Column<int>(type: "integer", nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    state_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state_why = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_dispatch_rule", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_language_opinion",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    model = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    json = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_language_opinion", x => x.order_id);
                    table.ForeignKey(
                        name: "fk_orders_language_opinion_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_mass_event",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    why = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    alerted_level = table.Column<int>(type: "integer", nullable: false),
                    size = table.Column<int>(type: "integer", nullable: false),
                    found_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    silenced_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    silenced_size = table.Column<int>(type: "integer", nullable: false),
                    state_why = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    master_order_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_mass_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_auto_dispatch",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    held_back = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_auto_dispatch", x => x.order_id);
                    table.ForeignKey(
                        name: "fk_orders_auto_dispatch_orders_dispatch_rule_rule_id",
                        column: x => x.rule_id,
                        principalTable: "orders_dispatch_rule",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_orders_auto_dispatch_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_mass_event_order",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_mass_event_order", x => x.order_id);
                    table.ForeignKey(
                        name: "fk_orders_mass_event_order_orders_mass_event_event_id",
                        column: x => x.event_id,
                        principalTable: "orders_mass_event",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_orders_mass_event_order_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_alias_name",
                table: "intelligence_alias",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_decision_matter_at",
                table: "intelligence_decision",
                columns: new[] { "matter", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_decision_order_id_matter",
                table: "intelligence_decision",
                columns: new[] { "order_id", "matter" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_language_call_at",
                table: "intelligence_language_call",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_place_confirmation_name_place_code",
                table: "intelligence_place_confirmation",
                columns: new[] { "name", "place_code" });

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_place_confirmation_order_id_name",
                table: "intelligence_place_confirmation",
                columns: new[] { "order_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_auto_dispatch_rule_id_at",
                table: "orders_auto_dispatch",
                columns: new[] { "rule_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_dispatch_rule_no",
                table: "orders_dispatch_rule",
                column: "no",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_dispatch_rule_state",
                table: "orders_dispatch_rule",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ix_orders_language_opinion_asked_at",
                table: "orders_language_opinion",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_language_opinion_next_at",
                table: "orders_language_opinion",
                column: "next_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_orders_mass_event_state_last_at",
                table: "orders_mass_event",
                columns: new[] { "state", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_mass_event_order_event_id",
                table: "orders_mass_event_order",
                column: "event_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "intelligence_alias");

            migrationBuilder.DropTable(
                name: "intelligence_decision");

            migrationBuilder.DropTable(
                name: "intelligence_language_call");

            migrationBuilder.DropTable(
                name: "intelligence_place_confirmation");

            migrationBuilder.DropTable(
                name: "intelligence_shadow_run");

            migrationBuilder.DropTable(
                name: "intelligence_unit_count");

            migrationBuilder.DropTable(
                name: "orders_auto_dispatch");

            migrationBuilder.DropTable(
                name: "orders_language_opinion");

            migrationBuilder.DropTable(
                name: "orders_mass_event_order");

            migrationBuilder.DropTable(
                name: "orders_dispatch_rule");

            migrationBuilder.DropTable(
                name: "orders_mass_event");
        }
    }
}
