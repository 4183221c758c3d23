using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AttachmentFacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "lat",
                table: "orders_attachment",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "lon",
                table: "orders_attachment",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "orders_attachment",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Ready");

            migrationBuilder.AddColumn<string>(
                name: "tag",
                table: "orders_attachment",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "其他");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "taken_at",
                table: "orders_attachment",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "orders_attachment_mark",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    second = table.Column<int>(type: "integer", nullable: false),
                    label = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                name: "orders_upload",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    tag = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attachment_id = table.Column<Guid>(type: "uuid", nullable: true)
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
                name: "ix_orders_attachment_mark_attachment_id_second",
                table: "orders_attachment_mark",
                columns: new[] { "attachment_id", "second" });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "orders_attachment_mark");

            migrationBuilder.DropTable(
                name: "orders_upload");

            migrationBuilder.DropIndex(
                name: "ix_orders_attachment_by_id_at",
                table: "orders_attachment");

            migrationBuilder.DropIndex(
                name: "ix_orders_attachment_state",
                table: "orders_attachment");

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
        }
    }
}
