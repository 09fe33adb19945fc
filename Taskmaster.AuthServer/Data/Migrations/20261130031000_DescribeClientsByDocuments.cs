using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Taskmaster.AuthServer.Data.Migrations
{
    /// <summary>Clients whose client_id is the address of a document about them, and what a user agreed to in it.</summary>
    public partial class DescribeClientsByDocuments : Migration
    {
        private static readonly (string Table, string Column, bool Nullable)[] NamesOfClients =
        [
            ("clients", "client_id", false),
            ("audit_events", "client_id", true),
            ("audit_events", "actor", false),
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, column, nullable) in NamesOfClients)
            {
                migrationBuilder.AlterColumn<string>(
                    name: column,
                    table: table,
                    type: "character varying(255)",
                    maxLength: 255,
                    nullable: nullable,
                    oldClrType: typeof(string),
                    oldType: "character varying(100)",
                    oldMaxLength: 100,
                    oldNullable: nullable);
            }

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "document_fetched_at",
                table: "clients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "document_fresh_until",
                table: "clients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "document_hash",
                table: "clients",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "document_hash",
                table: "consents",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_clients_document",
                table: "clients",
                sql: "num_nulls(document_fetched_at, document_fresh_until, document_hash) IN (0, 3)");

            migrationBuilder.DropCheckConstraint(
                name: "ck_clients_owner",
                table: "clients");

            migrationBuilder.AddCheckConstraint(
                name: "ck_clients_owner",
                table: "clients",
                sql: "is_first_party OR owner_id IS NOT NULL OR registration_token_hash IS NOT NULL OR document_fetched_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // They are nobody's without their documents, and their names are too long.
            migrationBuilder.Sql("DELETE FROM clients WHERE document_fetched_at IS NOT NULL");

            migrationBuilder.DropCheckConstraint(
                name: "ck_clients_owner",
                table: "clients");

            migrationBuilder.AddCheckConstraint(
                name: "ck_clients_owner",
                table: "clients",
                sql: "is_first_party OR owner_id IS NOT NULL OR registration_token_hash IS NOT NULL");

            migrationBuilder.DropCheckConstraint(
                name: "ck_clients_document",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "document_hash",
                table: "consents");

            migrationBuilder.DropColumn(
                name: "document_hash",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "document_fresh_until",
                table: "clients");

            migrationBuilder.DropColumn(
                name: "document_fetched_at",
                table: "clients");

            // The audit trail keeps its longer columns: what it has written down is not cut.
            migrationBuilder.AlterColumn<string>(
                name: "client_id",
                table: "clients",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(255)",
                oldMaxLength: 255);
        }
    }
}
