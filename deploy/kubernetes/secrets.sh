#!/usr/bin/env bash
# Prints the Secrets that deploy/kubernetes/one-node reads, of the secrets that deploy/secrets.sh made up:
#   deploy/kubernetes/secrets.sh | kubectl apply -f -
# For deploy/kubernetes/many put the same keys of the Secret "taskmaster" into your own store of secrets, with the connection strings
# of your stores: TLS, PgBouncer, a cluster's nodes (docs/operations.md).
set -euo pipefail
cd "$(dirname "$0")/.."
./secrets.sh
set -a; . ./.env; set +a

postgres() { echo "Host=postgres;Database=$1;Username=taskmaster_$2;Password=$3"; }
redis() { echo "redis:6379,user=$1,password=$2"; }
cat <<YAML
apiVersion: v1
kind: Namespace
metadata:
  name: taskmaster
---
apiVersion: v1
kind: Secret
metadata:
  name: taskmaster
  namespace: taskmaster
stringData:
  key-encryption-key: $KEY_ENCRYPTION_KEY
  web-client-secret: $WEB_CLIENT_SECRET
  mcp-client-secret: $MCP_CLIENT_SECRET
  migrator-authdb: $(postgres authdb migrator "$POSTGRES_MIGRATOR_PASSWORD")
  migrator-tasksdb: $(postgres tasksdb migrator "$POSTGRES_MIGRATOR_PASSWORD")
  authserver-authdb: $(postgres authdb authserver "$POSTGRES_AUTHSERVER_PASSWORD")
  authserver-redis: $(redis authserver "$REDIS_AUTHSERVER_PASSWORD")
  tasksapi-authdb: $(postgres authdb tasksapi "$POSTGRES_TASKSAPI_PASSWORD")
  tasksapi-tasksdb: $(postgres tasksdb tasksapi "$POSTGRES_TASKSAPI_PASSWORD")
  tasksapi-redis: $(redis tasksapi "$REDIS_TASKSAPI_PASSWORD")
  mcp-authdb: $(postgres authdb mcp "$POSTGRES_MCP_PASSWORD")
  mcp-redis: $(redis mcp "$REDIS_MCP_PASSWORD")
  web-authdb: $(postgres authdb web "$POSTGRES_WEB_PASSWORD")
  web-redis: $(redis web "$REDIS_WEB_PASSWORD")
---
apiVersion: v1
kind: Secret
metadata:
  name: taskmaster-stores
  namespace: taskmaster
stringData:
  postgres-password: $POSTGRES_PASSWORD
  postgres-migrator-password: $POSTGRES_MIGRATOR_PASSWORD
  postgres-authserver-password: $POSTGRES_AUTHSERVER_PASSWORD
  postgres-tasksapi-password: $POSTGRES_TASKSAPI_PASSWORD
  postgres-mcp-password: $POSTGRES_MCP_PASSWORD
  postgres-web-password: $POSTGRES_WEB_PASSWORD
  redis-admin-password: $REDIS_ADMIN_PASSWORD
  redis-authserver-password: $REDIS_AUTHSERVER_PASSWORD
  redis-tasksapi-password: $REDIS_TASKSAPI_PASSWORD
  redis-mcp-password: $REDIS_MCP_PASSWORD
  redis-web-password: $REDIS_WEB_PASSWORD
YAML
