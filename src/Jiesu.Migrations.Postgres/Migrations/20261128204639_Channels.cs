using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Channels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "orders_notice_send",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    receipt = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_notice_send", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_notice_setting",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    quiet_to = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    is_urgent_heard = table.Column<bool>(type: "boolean", nullable: false),
                    muted = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sms_kinds = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    mobile = table.Column<byte[]>(type: "bytea", nullable: true),
                    mobile_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_notice_setting", x => x.person_id);
                });

            migrationBuilder.CreateTable(
                name: "orders_push_device",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    p256dh = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    auth = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_push_device", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_caller_id",
                table: "orders_work_order",
                column: "caller_id",
                filter: "caller_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_notice_send_notice_id_target_id",
                table: "orders_notice_send",
                columns: new[] { "notice_id", "target_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_notice_send_person_id_sent_at",
                table: "orders_notice_send",
                columns: new[] { "person_id", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_notice_send_state_next_at",
                table: "orders_notice_send",
                columns: new[] { "state", "next_at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_push_device_endpoint",
                table: "orders_push_device",
                column: "endpoint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_push_device_person_id",
                table: "orders_push_device",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "orders_notice_send");

            migrationBuilder.DropTable(
                name: "orders_notice_setting");

            migrationBuilder.DropTable(
                name: "orders_push_device");

            migrationBuilder.DropIndex(
                name: "ix_orders_work_order_caller_id",
                table: "orders_work_order");
        }
    }
}
