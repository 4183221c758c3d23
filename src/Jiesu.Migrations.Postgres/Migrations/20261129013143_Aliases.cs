using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Aliases : Migration
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

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_alias_name",
                table: "intelligence_alias",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_place_confirmation_name_place_code",
                table: "intelligence_place_confirmation",
                columns: new[] { "name", "place_code" });

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_place_confirmation_order_id_name",
                table: "intelligence_place_confirmation",
                columns: new[] { "order_id", "name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "intelligence_alias");

            migrationBuilder.DropTable(
                name: "intelligence_place_confirmation");
        }
    }
}
