#!/bin/bash
# What the model expects of a Postgres image: POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_HOST_AUTH_METHOD at the first start.
set -euo pipefail
programs=$(echo /usr/lib/postgresql/*/bin)
data=/var/lib/postgresql/data
install -d -m 700 -o postgres -g postgres "$data"
if [ ! -e "$data/PG_VERSION" ]; then
  password=$(mktemp)
  printf '%s' "$POSTGRES_PASSWORD" > "$password"
  chown postgres "$password"
  setpriv --reuid postgres --regid postgres --init-groups "$programs/initdb" -D "$data" -U "$POSTGRES_USER" \
    --auth "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" --pwfile "$password" --encoding UTF8 --locale C > /dev/null
  rm "$password"
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$data/pg_hba.conf"
fi
exec setpriv --reuid postgres --regid postgres --init-groups "$programs/postgres" -D "$data" -c listen_addresses='*' "$@"
