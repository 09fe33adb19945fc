#!/usr/bin/env bash
# Makes up every secret that deploy/compose.yaml asks for, and writes them to a file that its owner alone can read:
#   deploy/secrets.sh [file]      the default is deploy/.env, where compose looks
# A file that is there is left alone: its secrets protect data.
set -euo pipefail

file=${1:-$(dirname "$0")/.env}
[ -e "$file" ] && exit 0

umask 077
names=(
  KEY_ENCRYPTION_KEY WEB_CLIENT_SECRET MCP_CLIENT_SECRET
  POSTGRES_PASSWORD POSTGRES_MIGRATOR_PASSWORD
  POSTGRES_AUTHSERVER_PASSWORD POSTGRES_TASKSAPI_PASSWORD POSTGRES_MCP_PASSWORD POSTGRES_WEB_PASSWORD
  REDIS_ADMIN_PASSWORD REDIS_AUTHSERVER_PASSWORD REDIS_TASKSAPI_PASSWORD REDIS_MCP_PASSWORD REDIS_WEB_PASSWORD)
for name in "${names[@]}"; do
  # 256 bits, as letters and digits: connection strings take them as they are.
  echo "$name=$(od -An -vtx1 -N32 /dev/urandom | tr -d ' \n')"
done > "$file"
