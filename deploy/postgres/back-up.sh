#!/usr/bin/env bash
# Writes tasksdb.dump and authdb.dump into a folder, as a superuser or as taskmaster_migrator:
#   PGHOST=… PGUSER=postgres deploy/postgres/back-up.sh <folder>
# The password is in PGPASSWORD or ~/.pgpass. authdb comes last, so that it knows the owner of every task in the other.
set -euo pipefail

umask 077
for database in tasksdb authdb; do
  pg_dump --format custom --file "$1/$database.dump" "$database"
done
