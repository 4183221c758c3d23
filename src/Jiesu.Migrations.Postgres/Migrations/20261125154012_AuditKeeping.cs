using Jiesu.Platform;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Jiesu.Migrations.Postgres.Migrations
{
    /// <summary>
    /// What was written down stays as it is (SEC-51): the database itself refuses to change or remove a record of the audit, its seal, or a step of an order.
    /// Plain SQL; the model is that of the migration before.
    /// </summary>
    [DbContext(typeof(JiesuDb))]
    [Migration("20261125154012_AuditKeeping")]
    public sealed class AuditKeeping : Migration
    {
        private static readonly string[] Tables = ["identity_audit", "identity_audit_seal", "orders_event"];

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE FUNCTION platform_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = 'restrict_violation'; END $$;
                """);
            foreach (var table in Tables)
            {
                migrationBuilder.Sql($"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION platform_append_only();");
                migrationBuilder.Sql($"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION platform_append_only();");
            }
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in Tables)
            {
                migrationBuilder.Sql($"DROP TRIGGER {table}_no_change ON {table};");
                migrationBuilder.Sql($"DROP TRIGGER {table}_no_truncate ON {table};");
            }

            migrationBuilder.Sql("DROP FUNCTION platform_append_only();");
        }
    }
}
