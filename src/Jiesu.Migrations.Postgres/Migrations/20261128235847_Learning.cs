using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Learning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_decision_matter_at",
                table: "intelligence_decision",
                columns: new[] { "matter", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_decision_order_id_matter",
                table: "intelligence_decision",
                columns: new[] { "order_id", "matter" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "intelligence_decision");

            migrationBuilder.DropTable(
                name: "intelligence_unit_count");
        }
    }
}
