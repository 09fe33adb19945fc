#!/usr/bin/env bash
# Makes roles and databases on a server that has none of them, and restores what back-up.sh wrote, as a superuser:
#   PGHOST=… PGUSER=postgres deploy/postgres/restore.sh <folder>
# The passwords of the roles are in the environment as for roles.sql. A database that is not empty is left as it is, with an error.
set -euo pipefail

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname postgres --file "$(dirname "$0")/roles.sql"
for database in tasksdb authdb; do
  pg_restore --exit-on-error --single-transaction --dbname "$database" "$1/$database.dump"
done

# Transaction ids begin anew on another server. What was restored is older than whatever is written now.
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname tasksdb --command "UPDATE changes SET xid = '3'"
