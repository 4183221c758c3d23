using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Collaboration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "clock_stopped_at",
                table: "orders_work_order",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "extensions",
                table: "orders_work_order",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "is_false_close",
                table: "orders_work_order",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "next_reminder_at",
                table: "orders_work_order",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reminder_stage",
                table: "orders_work_order",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "stop_until",
                table: "orders_work_order",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "stopped_due_at",
                table: "orders_work_order",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "lat",
                table: "orders_attachment",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "lon",
                table: "orders_attachment",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "orders_attachment",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Ready");

            migrationBuilder.AddColumn<string>(
                name: "tag",
                table: "orders_attachment",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "其他");

            migrationBuilder.AddColumn<long>(
                name: "taken_at",
                table: "orders_attachment",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "chain",
                table: "orders_application",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "details",
                table: "orders_application",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "orders_application",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "level",
                table: "orders_application",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "closed_at",
                table: "identity_unit",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "successor_id",
                table: "identity_unit",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "catalog_approval",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    chain = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
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
                    table.PrimaryKey("pk_catalog_approval", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_form",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    questions = table.Column<string>(type: "TEXT", nullable: false),
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
                    table.PrimaryKey("pk_catalog_form", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_phrase",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    use = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    class_code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    rank = table.Column<int>(type: "INTEGER", nullable: false),
                    ticks = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
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
                    table.PrimaryKey("pk_catalog_phrase", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_attachment_mark",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    attachment_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    second = table.Column<int>(type: "INTEGER", nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_attachment_mark", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_attachment_mark_orders_attachment_attachment_id",
                        column: x => x.attachment_id,
                        principalTable: "orders_attachment",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_bulk",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    asked = table.Column<string>(type: "TEXT", nullable: false),
                    asked_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ids = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_bulk", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_form_value",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    form = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    item = table.Column<int>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    head = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    number = table.Column<double>(type: "REAL", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_form_value", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_form_value_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_link",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    other_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_link", x => new { x.order_id, x.other_id });
                    table.ForeignKey(
                        name: "fk_orders_link_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_orders_link_orders_work_order_other_id",
                        column: x => x.other_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_list_columns",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    keys = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_list_columns", x => x.person_id);
                });

            migrationBuilder.CreateTable(
                name: "orders_notice",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_presence",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_presence", x => new { x.order_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "orders_reminder",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    stage = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    planned_at = table.Column<long>(type: "INTEGER", nullable: false),
                    fired_at = table.Column<long>(type: "INTEGER", nullable: false),
                    is_late = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_reminder", x => new { x.order_id, x.due_at, x.stage });
                    table.ForeignKey(
                        name: "fk_orders_reminder_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_saved_view",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_saved_view", x => new { x.person_id, x.name });
                });

            migrationBuilder.CreateTable(
                name: "orders_supervision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    level = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    requirement = table.Column<string>(type: "TEXT", nullable: false),
                    issued_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    issued_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    feedback = table.Column<string>(type: "TEXT", nullable: true),
                    feedback_at = table.Column<long>(type: "INTEGER", nullable: true),
                    opinion = table.Column<string>(type: "TEXT", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_supervision", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_supervision_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_upload",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    tag = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    attachment_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_upload", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_upload_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_whistle",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    matter = table.Column<string>(type: "TEXT", nullable: false),
                    blown_at = table.Column<long>(type: "INTEGER", nullable: false),
                    arrive_by = table.Column<long>(type: "INTEGER", nullable: false),
                    arrived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    result = table.Column<string>(type: "TEXT", nullable: true),
                    is_solved = table.Column<bool>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    score_of_arrival = table.Column<int>(type: "INTEGER", nullable: true),
                    words_on_arrival = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    score_of_whistle = table.Column<int>(type: "INTEGER", nullable: true),
                    words_on_whistle = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_whistle", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_whistle_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_bulk_item",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    message = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_bulk_item", x => new { x.run_id, x.order_id });
                    table.ForeignKey(
                        name: "fk_orders_bulk_item_orders_bulk_run_id",
                        column: x => x.run_id,
                        principalTable: "orders_bulk",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_master_order_id",
                table: "orders_work_order",
                column: "master_order_id",
                filter: "master_order_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_next_reminder_at",
                table: "orders_work_order",
                column: "next_reminder_at",
                filter: "next_reminder_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_stop_until",
                table: "orders_work_order",
                column: "stop_until",
                filter: "stop_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_attachment_by_id_at",
                table: "orders_attachment",
                columns: new[] { "by_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_attachment_state",
                table: "orders_attachment",
                column: "state",
                filter: "state = 'Quarantined'");

            migrationBuilder.CreateIndex(
                name: "ix_orders_application_kind_applied_at",
                table: "orders_application",
                columns: new[] { "kind", "applied_at" },
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_application_order_id",
                table: "orders_application",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_catalog_approval_code_revision",
                table: "catalog_approval",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_form_code_revision",
                table: "catalog_form",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_phrase_code_revision",
                table: "catalog_phrase",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_attachment_mark_attachment_id_second",
                table: "orders_attachment_mark",
                columns: new[] { "attachment_id", "second" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_bulk_by_id_key",
                table: "orders_bulk",
                columns: new[] { "by_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_form_value_field_head",
                table: "orders_form_value",
                columns: new[] { "field", "head" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_form_value_order_id",
                table: "orders_form_value",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_link_other_id",
                table: "orders_link",
                column: "other_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_notice_at",
                table: "orders_notice",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_notice_order_id_at_kind_person_id",
                table: "orders_notice",
                columns: new[] { "order_id", "at", "kind", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_notice_person_id_read_at_at",
                table: "orders_notice",
                columns: new[] { "person_id", "read_at", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_presence_until",
                table: "orders_presence",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ix_orders_reminder_unit_id_fired_at",
                table: "orders_reminder",
                columns: new[] { "unit_id", "fired_at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_supervision_order_id",
                table: "orders_supervision",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_supervision_order_id_unit_id",
                table: "orders_supervision",
                columns: new[] { "order_id", "unit_id" },
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_supervision_unit_id_issued_at",
                table: "orders_supervision",
                columns: new[] { "unit_id", "issued_at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_upload_at",
                table: "orders_upload",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_upload_by_id_at",
                table: "orders_upload",
                columns: new[] { "by_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_upload_order_id",
                table: "orders_upload",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_whistle_order_id",
                table: "orders_whistle",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_whistle_order_id_unit_id",
                table: "orders_whistle",
                columns: new[] { "order_id", "unit_id" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_whistle_unit_id_blown_at",
                table: "orders_whistle",
                columns: new[] { "unit_id", "blown_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "catalog_approval");

            migrationBuilder.DropTable(
                name: "catalog_form");

            migrationBuilder.DropTable(
                name: "catalog_phrase");

            migrationBuilder.DropTable(
                name: "orders_attachment_mark");

            migrationBuilder.DropTable(
                name: "orders_bulk_item");

            migrationBuilder.DropTable(
                name: "orders_form_value");

            migrationBuilder.DropTable(
                name: "orders_link");

            migrationBuilder.DropTable(
                name: "orders_list_columns");

            migrationBuilder.DropTable(
                name: "orders_notice");

            migrationBuilder.DropTable(
                name: "orders_presence");

            migrationBuilder.DropTable(
                name: "orders_reminder");

            migrationBuilder.DropTable(
                name: "orders_saved_view");

            migrationBuilder.DropTable(
                name: "orders_supervision");

            migrationBuilder.DropTable(
                name: "orders_upload");

            migrationBuilder.DropTable(
                name: "orders_whistle");

            migrationBuilder.DropTable(
                name: "orders_bulk");

            migrationBuilder.DropIndex(
                name: "ix_orders_work_order_master_order_id",
                table: "orders_work_order");

            migrationBuilder.DropIndex(
                name: "ix_orders_work_order_next_reminder_at",
                table: "orders_work_order");

            migrationBuilder.DropIndex(
                name: "ix_orders_work_order_stop_until",
                table: "orders_work_order");

            migrationBuilder.DropIndex(
                name: "ix_orders_attachment_by_id_at",
                table: "orders_attachment");

            migrationBuilder.DropIndex(
                name: "ix_orders_attachment_state",
                table: "orders_attachment");

            migrationBuilder.DropIndex(
                name: "ix_orders_application_kind_applied_at",
                table: "orders_application");

            migrationBuilder.DropIndex(
                name: "ix_orders_application_order_id",
                table: "orders_application");

            migrationBuilder.DropColumn(
                name: "clock_stopped_at",
                table: "orders_work_order");

            migrationBuilder.DropColumn(
                name: "extensions",
                table: "orders_work_order");

            migrationBuilder.DropColumn(
                name: "is_false_close",
                table: "orders_work_order");

            migrationBuilder.DropColumn(
                name: "next_reminder_at",
                table: "orders_work_order");

            migrationBuilder.DropColumn(
                name: "reminder_stage",
                table: "orders_work_order");

            migrationBuilder.DropColumn(
                name: "stop_until",
                table: "orders_work_order");

            migrationBuilder.DropColumn(
                name: "stopped_due_at",
                table: "orders_work_order");

            migrationBuilder.DropColumn(
                name: "lat",
                table: "orders_attachment");

            migrationBuilder.DropColumn(
                name: "lon",
                table: "orders_attachment");

            migrationBuilder.DropColumn(
                name: "state",
                table: "orders_attachment");

            migrationBuilder.DropColumn(
                name: "tag",
                table: "orders_attachment");

            migrationBuilder.DropColumn(
                name: "taken_at",
                table: "orders_attachment");

            migrationBuilder.DropColumn(
                name: "chain",
                table: "orders_application");

            migrationBuilder.DropColumn(
                name: "details",
                table: "orders_application");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "orders_application");

            migrationBuilder.DropColumn(
                name: "level",
                table: "orders_application");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "identity_unit");

            migrationBuilder.DropColumn(
                name: "successor_id",
                table: "identity_unit");
        }
    }
}
