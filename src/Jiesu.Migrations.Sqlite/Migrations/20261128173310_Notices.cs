using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "orders_notice");

            migrationBuilder.DropTable(
                name: "orders_presence");

            migrationBuilder.DropTable(
                name: "orders_saved_view");
        }
    }
}
