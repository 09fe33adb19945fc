using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.AuthServer.Data.Migrations
{
    /// <inheritdoc />
    public partial class AddDynamicClients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_clients_owner",
                table: "clients");

            migrationBuilder.AddColumn<string>(
                name: "authentication_method",
                table: "clients",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "first_used_at",
                table: "clients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "grant_types",
                table: "clients",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "json_web_keys",
                table: "clients",
                type: "character varying(16384)",
                maxLength: 16384,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "registration_token_hash",
                table: "clients",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "scopes",
                table: "clients",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_clients_owner",
                table: "clients",
                sql: "is_first_party OR owner_id IS NOT NULL OR registration_token_hash IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_clients_registration_token_hash",
                table: "clients",
                sql: "octet_length(registration_token_hash) = 32");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_clients_owner",
                table: "clients");

            migrationBuilder.DropCheckConstraint(
                name: "ck_clients_registration_token_hash",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "authentication_method",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "first_used_at",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "grant_types",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "json_web_keys",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "registration_token_hash",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "scopes",
                table: "clients");

            migrationBuilder.AddCheckConstraint(
                name: "ck_clients_owner",
                table: "clients",
                sql: "is_first_party OR owner_id IS NOT NULL");
        }
    }
}
