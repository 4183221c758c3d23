using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace Jiesu.Identity;

/// <summary>The tables of this module, those of the sign-on library among them.</summary>
internal sealed class IdentityModel : IModelPart
{
    private const int RoleLength = 20;
    private const int PermissionLength = 100;
    private const int ClientLength = 100;
    private const int HashLength = 64;

    public void Configure(ModelBuilder model)
    {
        ConfigureUnits(model);
        ConfigurePeople(model);
        ConfigureRoles(model);
        ConfigureSignIn(model);
        ConfigureClients(model);
        ConfigureCallers(model);
        ConfigureAudit(model);
        ConfigureLibraries(model);
    }

    private static void ConfigureUnits(ModelBuilder model)
    {
        model.Entity<Unit>(b =>
        {
            b.ToTable("identity_unit");
            b.Property(x => x.Code).HasVogenConversion().HasMaxLength(64);
            b.Property(x => x.Name).HasMaxLength(100);
            b.HasIndex(x => x.Code).IsUnique();
        });
        model.Entity<Stamp>(b =>
        {
            b.ToTable("identity_stamp").HasKey(x => x.Name);
            b.Property(x => x.Name).HasMaxLength(40);
        });
    }

    private static void ConfigurePeople(ModelBuilder model)
    {
        model.Entity<Person>(b =>
        {
            b.ToTable("identity_person");
            b.Property(x => x.Login).HasMaxLength(64);
            b.Property(x => x.LoginKey).HasMaxLength(64);
            b.Property(x => x.Name).HasMaxLength(60);
            b.Property(x => x.PasswordHash).HasMaxLength(300);
            b.Property(x => x.Version).IsConcurrencyToken();
            b.HasIndex(x => x.LoginKey).IsUnique();
            b.HasMany(x => x.Posts).WithOne().HasForeignKey(x => x.PersonId);
        });
        model.Entity<Post>(b =>
        {
            b.ToTable("identity_post");
            b.Property(x => x.Role).HasMaxLength(RoleLength);
            b.HasIndex(x => new { x.PersonId, x.UnitId, x.Role }).IsUnique();
            b.HasIndex(x => x.UnitId);
        });
        model.Entity<UsedPassword>(b =>
        {
            b.ToTable("identity_used_password");
            b.Property(x => x.Hash).HasMaxLength(300);
            b.HasIndex(x => new { x.PersonId, x.At });
        });
    }

    private static void ConfigureRoles(ModelBuilder model)
    {
        model.Entity<Role>(b =>
        {
            b.ToTable("identity_role").HasKey(x => x.Code);
            b.Property(x => x.Code).HasMaxLength(RoleLength);
            b.Property(x => x.Name).HasMaxLength(60);
            b.Property(x => x.Version).IsConcurrencyToken();
            b.HasMany(x => x.Permissions).WithOne().HasForeignKey(x => x.Role);
        });
        model.Entity<RolePermission>(b =>
        {
            b.ToTable("identity_role_permission").HasKey(x => new { x.Role, x.Permission });
            b.Property(x => x.Role).HasMaxLength(RoleLength);
            b.Property(x => x.Permission).HasMaxLength(PermissionLength);
        });
        model.Entity<SeededPermission>(b =>
        {
            b.ToTable("identity_seeded_permission").HasKey(x => new { x.Role, x.Permission });
            b.Property(x => x.Role).HasMaxLength(RoleLength);
            b.Property(x => x.Permission).HasMaxLength(PermissionLength);
        });
    }

    private static void ConfigureSignIn(ModelBuilder model)
    {
        model.Entity<Session>(b =>
        {
            b.ToTable("identity_session");
            b.Property(x => x.TokenHash).HasMaxLength(HashLength);
            b.Property(x => x.Source).HasMaxLength(64);
            b.Property(x => x.Agent).HasMaxLength(200);
            b.HasIndex(x => x.TokenHash).IsUnique();
            b.HasIndex(x => x.PersonId);
            b.HasIndex(x => x.SeenAt);
        });
        model.Entity<SignInGuard>(b =>
        {
            b.ToTable("identity_sign_in_guard").HasKey(x => x.Key);
            b.Property(x => x.Key).HasMaxLength(HashLength);
            b.Property(x => x.Version).IsConcurrencyToken();
            b.HasIndex(x => x.Since);
        });
    }

    private static void ConfigureClients(ModelBuilder model)
    {
        model.Entity<ClientGrant>(b =>
        {
            b.ToTable("identity_client_grant");
            b.Property(x => x.ClientId).HasMaxLength(ClientLength);
            b.Property(x => x.Role).HasMaxLength(RoleLength);
            b.HasIndex(x => new { x.ClientId, x.Role, x.UnitId }).IsUnique();
        });
        model.Entity<ClientPermission>(b =>
        {
            b.ToTable("identity_client_permission").HasKey(x => new { x.ClientId, x.Permission });
            b.Property(x => x.ClientId).HasMaxLength(ClientLength);
            b.Property(x => x.Permission).HasMaxLength(PermissionLength);
        });
        model.Entity<ClientPost>(b =>
        {
            b.ToTable("identity_client_post");
            b.Property(x => x.ClientId).HasMaxLength(ClientLength);
            b.Property(x => x.Role).HasMaxLength(RoleLength);
        });
    }

    private static void ConfigureCallers(ModelBuilder model)
    {
        model.Entity<Caller>(b =>
        {
            b.ToTable("identity_caller");
            b.Property(x => x.Id).HasVogenConversion();
            b.Property(x => x.PhoneIndex).HasMaxLength(100);
            b.HasIndex(x => x.PhoneIndex).HasFilter("phone_index IS NOT NULL");
        });
        model.Entity<RevealCount>(b =>
        {
            b.ToTable("identity_reveal_count").HasKey(x => new { x.PersonId, x.Day });
            b.Property(x => x.Count).IsConcurrencyToken();
        });
    }

    private static void ConfigureAudit(ModelBuilder model)
    {
        model.Entity<AuditRecord>(b =>
        {
            b.ToTable("identity_audit");
            b.Property(x => x.Role).HasMaxLength(RoleLength);
            b.Property(x => x.Session).HasMaxLength(40);
            b.Property(x => x.Source).HasMaxLength(64);
            b.Property(x => x.Act).HasMaxLength(60);
            b.Property(x => x.Subject).HasMaxLength(200);
            b.Property(x => x.Detail).HasMaxLength(2000);
            b.Property(x => x.TraceId).HasMaxLength(80);
            b.HasIndex(x => new { x.At, x.Id });
            b.HasIndex(x => new { x.Subject, x.At });
            b.HasIndex(x => new { x.PersonId, x.At });
        });
        model.Entity<UnsealedRecord>(b => b.ToTable("identity_audit_unsealed").HasKey(x => x.AuditId));
        model.Entity<AuditSeal>(b =>
        {
            b.ToTable("identity_audit_seal").HasKey(x => x.Seq);
            b.Property(x => x.Hash).HasMaxLength(HashLength);
            b.HasIndex(x => x.AuditId).IsUnique();
        });
    }

    /// <summary>Tables of libraries bear the prefix of the module that brings them.</summary>
    private static void ConfigureLibraries(ModelBuilder model)
    {
        model.Entity<DataProtectionKey>().ToTable("identity_data_protection_key");
        model.UseOpenIddict<Guid>();
        model.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToTable("identity_client");
        model.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().ToTable("identity_authorization");
        model.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>().ToTable("identity_scope");
        model.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().ToTable("identity_token");
    }
}
