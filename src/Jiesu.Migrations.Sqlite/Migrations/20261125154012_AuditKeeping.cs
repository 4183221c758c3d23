using Jiesu.Platform;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Jiesu.Migrations.Sqlite.Migrations
{
    /// <summary>
    /// What was written down stays as it is (SEC-51): the database itself refuses to change or remove a record of the audit, its seal, or a step of an order.
    /// Plain SQL; the model is that of the migration before. A later rebuild of one of these tables must make its triggers again.
    /// </summary>
    [DbContext(typeof(JiesuDb))]
    [Migration("20261125154012_AuditKeeping")]
    public sealed class AuditKeeping : Migration
    {
        private static readonly string[] Tables = ["identity_audit", "identity_audit_seal", "orders_event"];

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var table in Tables)
            {
                migrationBuilder.Sql($"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;");
                migrationBuilder.Sql($"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;");
            }
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in Tables)
            {
                migrationBuilder.Sql($"DROP TRIGGER {table}_no_update;");
                migrationBuilder.Sql($"DROP TRIGGER {table}_no_delete;");
            }
        }
    }
}
