using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AssignmentsByOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_orders_assignment_order_id",
                table: "orders_assignment",
                column: "order_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_assignment_order_id",
                table: "orders_assignment");
        }
    }
}
