using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Taskmaster.TasksApi.Events;

#nullable disable

namespace Taskmaster.TasksApi.Data.Migrations
{
    /// <inheritdoc />
    public partial class TellEpochsOfChangesApart : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "change_epochs",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    began_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_epochs", x => x.id);
                });

            // Positions that were given out before this table are of now.
            migrationBuilder.Sql($"INSERT INTO change_epochs SELECT {ChangeEpoch.Current}, 'epoch'::timestamptz");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "change_epochs");
        }
    }
}
