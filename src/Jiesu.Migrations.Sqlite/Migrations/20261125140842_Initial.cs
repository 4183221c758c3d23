using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jiesu.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "callback_task",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    agent_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_callback_task", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_calendar_year",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    notice = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    holidays = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    swap_days = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
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
                    table.PrimaryKey("pk_catalog_calendar_year", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_change",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_change", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_class",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    department = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    seven_five = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    keywords = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
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
                    table.PrimaryKey("pk_catalog_class", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_dictionary",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    rank = table.Column<int>(type: "INTEGER", nullable: false),
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
                    table.PrimaryKey("pk_catalog_dictionary", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_directory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    class_code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    place = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    condition = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    lead_rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    lead_unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    co_units = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    basis = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    is_auto = table.Column<bool>(type: "INTEGER", nullable: false),
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
                    table.PrimaryKey("pk_catalog_directory", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_place",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
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
                    table.PrimaryKey("pk_catalog_place", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_reason",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
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
                    table.PrimaryKey("pk_catalog_reason", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_time_limit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    request_type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    urgency = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    classes = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    sign_value = table.Column<int>(type: "INTEGER", nullable: false),
                    sign_unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    handle_value = table.Column<int>(type: "INTEGER", nullable: false),
                    handle_unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    return_value = table.Column<int>(type: "INTEGER", nullable: false),
                    return_unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    rework_percent = table.Column<int>(type: "INTEGER", nullable: false),
                    rework_minimum_hours = table.Column<int>(type: "INTEGER", nullable: false),
                    is_pausable = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_extendable = table.Column<bool>(type: "INTEGER", nullable: false),
                    max_extensions = table.Column<int>(type: "INTEGER", nullable: false),
                    max_dispatches = table.Column<int>(type: "INTEGER", nullable: false),
                    street_buffer_hours = table.Column<int>(type: "INTEGER", nullable: false),
                    street_buffer_percent = table.Column<int>(type: "INTEGER", nullable: false),
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
                    table.PrimaryKey("pk_catalog_time_limit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_working_hours",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mon = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    tue = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    wed = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    thu = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    fri = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    sat = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    sun = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
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
                    table.PrimaryKey("pk_catalog_working_hours", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evaluation_fact",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    class_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: true),
                    is_local = table.Column<bool>(type: "INTEGER", nullable: true),
                    is_closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    was_late = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_excluded = table.Column<bool>(type: "INTEGER", nullable: false),
                    has_valid_callback = table.Column<bool>(type: "INTEGER", nullable: false),
                    contacted = table.Column<bool>(type: "INTEGER", nullable: true),
                    solved = table.Column<bool>(type: "INTEGER", nullable: true),
                    satisfied = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    first_contacted = table.Column<bool>(type: "INTEGER", nullable: true),
                    first_solved = table.Column<bool>(type: "INTEGER", nullable: true),
                    first_satisfied = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    pre_contacted = table.Column<bool>(type: "INTEGER", nullable: true),
                    pre_solved = table.Column<bool>(type: "INTEGER", nullable: true),
                    pre_satisfied = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    returns = table.Column<int>(type: "INTEGER", nullable: false),
                    reworks = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluation_fact", x => x.order_id);
                });

            migrationBuilder.CreateTable(
                name: "evaluation_period",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    first_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    closed_first_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    author_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluation_period", x => new { x.code, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "evaluation_weight_set",
                columns: table => new
                {
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    contacted = table.Column<decimal>(type: "TEXT", precision: 5, scale: 4, nullable: false),
                    solved = table.Column<decimal>(type: "TEXT", precision: 5, scale: 4, nullable: false),
                    satisfied = table.Column<decimal>(type: "TEXT", precision: 5, scale: 4, nullable: false),
                    mostly_satisfied = table.Column<decimal>(type: "TEXT", precision: 5, scale: 4, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    author_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluation_weight_set", x => new { x.valid_from, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "identity_audit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    session = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    act = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    detail = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    trace_id = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_audit_seal",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    audit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_audit_seal", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "identity_audit_unsealed",
                columns: table => new
                {
                    audit_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_audit_unsealed", x => x.audit_id);
                });

            migrationBuilder.CreateTable(
                name: "identity_caller",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: true),
                    phone = table.Column<byte[]>(type: "BLOB", nullable: true),
                    phone_index = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    is_secret = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_caller", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_client",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    application_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    client_secret = table.Column<string>(type: "TEXT", nullable: true),
                    client_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    consent_type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    display_name = table.Column<string>(type: "TEXT", nullable: true),
                    display_names = table.Column<string>(type: "TEXT", nullable: true),
                    json_web_key_set = table.Column<string>(type: "TEXT", nullable: true),
                    permissions = table.Column<string>(type: "TEXT", nullable: true),
                    post_logout_redirect_uris = table.Column<string>(type: "TEXT", nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    redirect_uris = table.Column<string>(type: "TEXT", nullable: true),
                    requirements = table.Column<string>(type: "TEXT", nullable: true),
                    settings = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_client", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_client_grant",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_client_grant", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_client_permission",
                columns: table => new
                {
                    client_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    permission = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_client_permission", x => new { x.client_id, x.permission });
                });

            migrationBuilder.CreateTable(
                name: "identity_client_post",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_client_post", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_data_protection_key",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: true),
                    xml = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_person",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    login = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    login_key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    is_disabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    password_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    password_until = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_reveal_count",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_reveal_count", x => new { x.person_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "identity_role",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_role", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "identity_scope",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    descriptions = table.Column<string>(type: "TEXT", nullable: true),
                    display_name = table.Column<string>(type: "TEXT", nullable: true),
                    display_names = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    resources = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_scope", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_seeded_permission",
                columns: table => new
                {
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    permission = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_seeded_permission", x => new { x.role, x.permission });
                });

            migrationBuilder.CreateTable(
                name: "identity_session",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    post_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    agent = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_session", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_sign_in_guard",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    locks = table.Column<int>(type: "INTEGER", nullable: false),
                    locked_until = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_sign_in_guard", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "identity_stamp",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    value = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_stamp", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "identity_unit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    parent_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_unit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_used_password",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_used_password", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_text",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    town = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    class_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    learned_at = table.Column<long>(type: "INTEGER", nullable: false),
                    vector = table.Column<byte[]>(type: "BLOB", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_text", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intelligence_training",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    requested_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    model_version = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intelligence_training", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_import",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    total = table.Column<int>(type: "INTEGER", nullable: false),
                    mapping = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    cursor = table.Column<int>(type: "INTEGER", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    by_scope = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    runner = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    counts_duplicates = table.Column<int>(type: "INTEGER", nullable: false),
                    counts_failed = table.Column<int>(type: "INTEGER", nullable: false),
                    counts_imported = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_import", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "orders_import_template",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    mapping = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_import_template", x => new { x.person_id, x.name });
                });

            migrationBuilder.CreateTable(
                name: "orders_work_order",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    no = table.Column<long>(type: "INTEGER", nullable: false),
                    case_no = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    order_no = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    origin_type = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    request_type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    urgency = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    point_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    town_code = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    community_code = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    lon = table.Column<double>(type: "REAL", nullable: true),
                    lat = table.Column<double>(type: "REAL", nullable: true),
                    class_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: true),
                    caller_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_secret = table.Column<bool>(type: "INTEGER", nullable: false),
                    need_reply = table.Column<bool>(type: "INTEGER", nullable: false),
                    call_time = table.Column<long>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    overlays = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    clock_started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    limit = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    submitted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    first_contact_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    was_late = table.Column<bool>(type: "INTEGER", nullable: true),
                    has_valid_callback = table.Column<bool>(type: "INTEGER", nullable: false),
                    contacted = table.Column<bool>(type: "INTEGER", nullable: true),
                    solved = table.Column<bool>(type: "INTEGER", nullable: true),
                    satisfied = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    is_excluded = table.Column<bool>(type: "INTEGER", nullable: false),
                    dispatches = table.Column<int>(type: "INTEGER", nullable: false),
                    returns = table.Column<int>(type: "INTEGER", nullable: false),
                    reworks = table.Column<int>(type: "INTEGER", nullable: false),
                    urges = table.Column<int>(type: "INTEGER", nullable: false),
                    callback_attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    reply_text = table.Column<string>(type: "TEXT", nullable: true),
                    master_order_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    extra_text = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    last_seq = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_work_order", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_idempotent_answer",
                columns: table => new
                {
                    owner = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    body_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_idempotent_answer", x => new { x.owner, x.key });
                });

            migrationBuilder.CreateTable(
                name: "platform_inbox",
                columns: table => new
                {
                    handler = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_inbox", x => new { x.handler, x.event_id });
                });

            migrationBuilder.CreateTable(
                name: "platform_job",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    next_run = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: false),
                    fence = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_job", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "platform_outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    stream = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    seq = table.Column<int>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    delivered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    locked_until = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    last_fault = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_sequence",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    next = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_sequence", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "callback_attempt",
                columns: table => new
                {
                    task_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seq = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    agent_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    result_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_callback_attempt", x => new { x.task_id, x.seq });
                    table.ForeignKey(
                        name: "fk_callback_attempt_callback_task_task_id",
                        column: x => x.task_id,
                        principalTable: "callback_task",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "identity_authorization",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    application_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    creation_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    scopes = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_authorization", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_authorization_identity_client_application_id",
                        column: x => x.application_id,
                        principalTable: "identity_client",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "identity_post",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_post", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_post_identity_person_person_id",
                        column: x => x.person_id,
                        principalTable: "identity_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identity_role_permission",
                columns: table => new
                {
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    permission = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_role_permission", x => new { x.role, x.permission });
                    table.ForeignKey(
                        name: "fk_identity_role_permission_identity_role_role",
                        column: x => x.role,
                        principalTable: "identity_role",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "orders_import_error",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    row = table.Column<int>(type: "INTEGER", nullable: false),
                    message = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_import_error", x => new { x.import_id, x.row });
                    table.ForeignKey(
                        name: "fk_orders_import_error_orders_import_import_id",
                        column: x => x.import_id,
                        principalTable: "orders_import",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_advice",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    model_version = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_advice", x => x.order_id);
                    table.ForeignKey(
                        name: "fk_orders_advice_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_application",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    applied_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    applied_by_unit = table.Column<Guid>(type: "TEXT", nullable: false),
                    applied_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reason_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    basis = table.Column<string>(type: "TEXT", nullable: true),
                    proposed_unit_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_approved = table.Column<bool>(type: "INTEGER", nullable: true),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    opinion = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_application", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_application_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_assignment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parent_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    assigned_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sign_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    limit = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    signed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    replied_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reply_text = table.Column<string>(type: "TEXT", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_assignment", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_assignment_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_attachment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_attachment", x => x.id);
                    table.ForeignKey(
                        name: "fk_orders_attachment_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "orders_event",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seq = table.Column<int>(type: "INTEGER", nullable: false),
                    step_id = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    from_state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    to_state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    clock = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    actor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    actor_unit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    reason_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    details = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders_event", x => new { x.order_id, x.seq });
                    table.ForeignKey(
                        name: "fk_orders_event_orders_work_order_order_id",
                        column: x => x.order_id,
                        principalTable: "orders_work_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "identity_token",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    application_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    authorization_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    concurrency_token = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    creation_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    expiration_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    payload = table.Column<string>(type: "TEXT", nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    redemption_date = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reference_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 150, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identity_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_identity_token_identity_authorization_authorization_id",
                        column: x => x.authorization_id,
                        principalTable: "identity_authorization",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_identity_token_identity_client_application_id",
                        column: x => x.application_id,
                        principalTable: "identity_client",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_callback_task_order_id_kind",
                table: "callback_task",
                columns: new[] { "order_id", "kind" },
                unique: true,
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_callback_task_state_kind_due_at",
                table: "callback_task",
                columns: new[] { "state", "kind", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_catalog_calendar_year_code_revision",
                table: "catalog_calendar_year",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_class_code_revision",
                table: "catalog_class",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_dictionary_code_revision",
                table: "catalog_dictionary",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_directory_code_revision",
                table: "catalog_directory",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_place_code_revision",
                table: "catalog_place",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_reason_code_revision",
                table: "catalog_reason",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_time_limit_code_revision",
                table: "catalog_time_limit",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_catalog_working_hours_code_revision",
                table: "catalog_working_hours",
                columns: new[] { "code", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_evaluation_fact_closed_at",
                table: "evaluation_fact",
                column: "closed_at");

            migrationBuilder.CreateIndex(
                name: "ix_evaluation_fact_received_at",
                table: "evaluation_fact",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_identity_audit_at_id",
                table: "identity_audit",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_audit_person_id_at",
                table: "identity_audit",
                columns: new[] { "person_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_audit_subject_at",
                table: "identity_audit",
                columns: new[] { "subject", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_audit_seal_audit_id",
                table: "identity_audit_seal",
                column: "audit_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_authorization_application_id_status_subject_type",
                table: "identity_authorization",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_caller_phone_index",
                table: "identity_caller",
                column: "phone_index",
                filter: "phone_index IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_identity_client_client_id",
                table: "identity_client",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_client_grant_client_id_role_unit_id",
                table: "identity_client_grant",
                columns: new[] { "client_id", "role", "unit_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_person_login_key",
                table: "identity_person",
                column: "login_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_post_person_id_unit_id_role",
                table: "identity_post",
                columns: new[] { "person_id", "unit_id", "role" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_post_unit_id",
                table: "identity_post",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_scope_name",
                table: "identity_scope",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_session_person_id",
                table: "identity_session",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_session_seen_at",
                table: "identity_session",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_identity_session_token_hash",
                table: "identity_session",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_sign_in_guard_since",
                table: "identity_sign_in_guard",
                column: "since");

            migrationBuilder.CreateIndex(
                name: "ix_identity_token_application_id_status_subject_type",
                table: "identity_token",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_token_authorization_id",
                table: "identity_token",
                column: "authorization_id");

            migrationBuilder.CreateIndex(
                name: "ix_identity_token_reference_id",
                table: "identity_token",
                column: "reference_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_unit_code",
                table: "identity_unit",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_identity_used_password_person_id_at",
                table: "identity_used_password",
                columns: new[] { "person_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_text_learned_at_id",
                table: "intelligence_text",
                columns: new[] { "learned_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_training_requested_at",
                table: "intelligence_training",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "ix_intelligence_training_state",
                table: "intelligence_training",
                column: "state",
                unique: true,
                filter: "state IN ('Queued', 'Running')");

            migrationBuilder.CreateIndex(
                name: "ix_orders_application_order_id_kind",
                table: "orders_application",
                columns: new[] { "order_id", "kind" },
                unique: true,
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_assignment_live_unit",
                table: "orders_assignment",
                columns: new[] { "order_id", "round", "unit_id" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_assignment_order_id_round",
                table: "orders_assignment",
                columns: new[] { "order_id", "round" },
                unique: true,
                filter: "role = 'Lead' AND ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_assignment_unit_id_order_id",
                table: "orders_assignment",
                columns: new[] { "unit_id", "order_id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_attachment_order_id_id",
                table: "orders_attachment",
                columns: new[] { "order_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_import_at",
                table: "orders_import",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_import_state_at",
                table: "orders_import",
                columns: new[] { "state", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_case_no",
                table: "orders_work_order",
                column: "case_no",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_class_code_no",
                table: "orders_work_order",
                columns: new[] { "class_code", "no" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_due_at",
                table: "orders_work_order",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_no",
                table: "orders_work_order",
                column: "no",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_order_no",
                table: "orders_work_order",
                column: "order_no",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_state_no",
                table: "orders_work_order",
                columns: new[] { "state", "no" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_town_code_no",
                table: "orders_work_order",
                columns: new[] { "town_code", "no" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_work_order_unit_id_state_no",
                table: "orders_work_order",
                columns: new[] { "unit_id", "state", "no" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_idempotent_answer_at",
                table: "platform_idempotent_answer",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_platform_outbox_at",
                table: "platform_outbox",
                column: "at",
                filter: "delivered_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_platform_outbox_stream_seq",
                table: "platform_outbox",
                columns: new[] { "stream", "seq" },
                unique: true);

            // The search index stands outside the model: FTS5 here, a tsvector on PostgreSQL.
            migrationBuilder.Sql("CREATE VIRTUAL TABLE orders_search USING fts5(words, grams, content='', contentless_delete=1, tokenize='ascii');");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE orders_search;");

            migrationBuilder.DropTable(
                name: "callback_attempt");

            migrationBuilder.DropTable(
                name: "catalog_calendar_year");

            migrationBuilder.DropTable(
                name: "catalog_change");

            migrationBuilder.DropTable(
                name: "catalog_class");

            migrationBuilder.DropTable(
                name: "catalog_dictionary");

            migrationBuilder.DropTable(
                name: "catalog_directory");

            migrationBuilder.DropTable(
                name: "catalog_place");

            migrationBuilder.DropTable(
                name: "catalog_reason");

            migrationBuilder.DropTable(
                name: "catalog_time_limit");

            migrationBuilder.DropTable(
                name: "catalog_working_hours");

            migrationBuilder.DropTable(
                name: "evaluation_fact");

            migrationBuilder.DropTable(
                name: "evaluation_period");

            migrationBuilder.DropTable(
                name: "evaluation_weight_set");

            migrationBuilder.DropTable(
                name: "identity_audit");

            migrationBuilder.DropTable(
                name: "identity_audit_seal");

            migrationBuilder.DropTable(
                name: "identity_audit_unsealed");

            migrationBuilder.DropTable(
                name: "identity_caller");

            migrationBuilder.DropTable(
                name: "identity_client_grant");

            migrationBuilder.DropTable(
                name: "identity_client_permission");

            migrationBuilder.DropTable(
                name: "identity_client_post");

            migrationBuilder.DropTable(
                name: "identity_data_protection_key");

            migrationBuilder.DropTable(
                name: "identity_post");

            migrationBuilder.DropTable(
                name: "identity_reveal_count");

            migrationBuilder.DropTable(
                name: "identity_role_permission");

            migrationBuilder.DropTable(
                name: "identity_scope");

            migrationBuilder.DropTable(
                name: "identity_seeded_permission");

            migrationBuilder.DropTable(
                name: "identity_session");

            migrationBuilder.DropTable(
                name: "identity_sign_in_guard");

            migrationBuilder.DropTable(
                name: "identity_stamp");

            migrationBuilder.DropTable(
                name: "identity_token");

            migrationBuilder.DropTable(
                name: "identity_unit");

            migrationBuilder.DropTable(
                name: "identity_used_password");

            migrationBuilder.DropTable(
                name: "intelligence_text");

            migrationBuilder.DropTable(
                name: "intelligence_training");

            migrationBuilder.DropTable(
                name: "orders_advice");

            migrationBuilder.DropTable(
                name: "orders_application");

            migrationBuilder.DropTable(
                name: "orders_assignment");

            migrationBuilder.DropTable(
                name: "orders_attachment");

            migrationBuilder.DropTable(
                name: "orders_event");

            migrationBuilder.DropTable(
                name: "orders_import_error");

            migrationBuilder.DropTable(
                name: "orders_import_template");

            migrationBuilder.DropTable(
                name: "platform_idempotent_answer");

            migrationBuilder.DropTable(
                name: "platform_inbox");

            migrationBuilder.DropTable(
                name: "platform_job");

            migrationBuilder.DropTable(
                name: "platform_outbox");

            migrationBuilder.DropTable(
                name: "platform_sequence");

            migrationBuilder.DropTable(
                name: "callback_task");

            migrationBuilder.DropTable(
                name: "identity_person");

            migrationBuilder.DropTable(
                name: "identity_role");

            migrationBuilder.DropTable(
                name: "identity_authorization");

            migrationBuilder.DropTable(
                name: "orders_work_order");

            migrationBuilder.DropTable(
                name: "orders_import");

            migrationBuilder.DropTable(
                name: "identity_client");
        }
    }
}
