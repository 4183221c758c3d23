using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class DeskAndDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "orders_held_dispatch",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    request = table.Column<string>(type: "text", nullable: false),
                    seen = table.Column<int>(type: "integer", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_role = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    by_scope = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    refusal = table.Column<string>(type: "text", nullable: true),
                    refused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_held_dispatch", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_held_dispatch_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_seat_draft",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_seat_draft", x => new { x.person_id, x.unit_id, x.role });
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_held_dispatch_by_id",
                table: "orders_held_dispatch",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_held_dispatch_due_at",
                table: "orders_held_dispatch",
                column: "due_at",
                filter: "refused_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_held_dispatch_order_id",
                table: "orders_held_dispatch",
                column: "order_id",
                unique: true,
                filter: "refused_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_seat_draft_at",
                table: "orders_seat_draft",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "orders_held_dispatch");

            migrationBuilder.DropTable(
                name: "orders_seat_draft");
        }
    }
}
