#!/usr/bin/env bash
# Tries deploy/compose.yaml with the images that deploy/images.sh made, and prints what held: both documented flows through the
# public origin, data kept over a restart of everything, and what an intruder would find in a container. Secrets and volumes are its
# own and gone afterwards. TASKMASTER_ORIGIN and TASKMASTER_LISTEN choose another port.
set -euo pipefail
cd "$(dirname "$0")/.."

project=taskmaster-trial
engine=${ENGINE:-$(command -v podman || command -v docker)}
if [ -n "${COMPOSE:-}" ]; then read -ra compose <<< "$COMPOSE"
elif command -v podman-compose > /dev/null; then compose=(podman-compose)
else compose=("$engine" compose); fi

export TASKMASTER_ORIGIN=${TASKMASTER_ORIGIN:-http://localhost:5180}
export TASKMASTER_LISTEN=${TASKMASTER_LISTEN:-127.0.0.1:5180}
folder=$(mktemp -d)
deploy/secrets.sh "$folder/.env"
set -a; . "$folder/.env"; set +a

compose() {
  "${compose[@]}" -p "$project" -f deploy/compose.yaml "$@" > "$folder/compose.log" 2>&1 || { cat "$folder/compose.log" >&2; return 1; }
}
container() { "$engine" ps --format '{{.Names}}' | grep -E "^${project}[_-]$1[_-]1$"; }
ok() { echo "ok      $1"; }
fail() { echo "FAILED  $1" >&2; return 1; }
cleanup() {
  compose down -v || true
  "$engine" volume rm -f "${project}_redis" "${project}_postgres" > /dev/null 2>&1 || true
  rm -rf "$folder"
}
trap cleanup EXIT

dotnet build deploy/trial -c Release -v quiet -nologo > /dev/null
trial() { dotnet run --project deploy/trial -c Release --no-build -- "$@"; }
compose up -d
if ! trial flows "$TASKMASTER_ORIGIN" "$folder/kept.json"; then
  for service in web authserver tasksapi mcp; do "$engine" logs --tail 20 "$(container "$service")" >&2; done
  exit 1
fi

for service in authserver tasksapi mcp web; do
  name=$(container "$service")
  user=$("$engine" inspect --format '{{.Config.User}}' "$name")
  pid=$("$engine" inspect --format '{{.State.Pid}}' "$name")
  [ "$user" = 1654:1654 ] || fail "$service runs as $user"
  [ "$("$engine" inspect --format '{{.HostConfig.ReadonlyRootfs}}' "$name")" = true ] || fail "$service may write to its file system"
  if [ -r "/proc/$pid/status" ]; then
    grep -q '^CapEff:[[:space:]]0*$' "/proc/$pid/status" || fail "$service has capabilities: $(grep ^CapEff "/proc/$pid/status")"
    grep -q '^NoNewPrivs:[[:space:]]1$' "/proc/$pid/status" || fail "$service may gain privileges"
    grep -q '^Uid:[[:space:]]1654' "/proc/$pid/status" || fail "$service is not user 1654"
    files=/proc/$pid/root
    [ ! -w "$files/app" ] || ! touch "$files/app/written" 2> /dev/null || fail "$service: /app was written to"
  fi
  "$engine" image inspect "taskmaster/$service:${TASKMASTER_TAG:-latest}" \
    --format '{{index .Config.Labels "org.opencontainers.image.revision"}}' | grep -qE '^[0-9a-f]{40}$' \
    || fail "$service has no label with its revision"
  ok "$service: user 1654, no capabilities, no new privileges, read-only file system, labelled"
done

for name in $("$engine" ps -a --format '{{.Names}}' | grep -E "^${project}[_-]"); do
  # Read to its end: a reader that stopped at the first secret would break the pipe, and the pipeline would fail as if there were none.
  if "$engine" logs "$name" 2>&1 | grep -cFf <(grep -oE '[0-9a-f]{64}' "$folder/.env") > /dev/null; then fail "$name logged a secret"; fi
done
ok "no container logged a secret"

compose down
compose up -d
trial kept "$TASKMASTER_ORIGIN" "$folder/kept.json"

# CONFIG GET is what StackExchange.Redis tries once a connection, and does without.
refused=$("$engine" exec -e REDISCLI_AUTH="$REDIS_ADMIN_PASSWORD" "$(container redis)" \
  redis-cli --no-auth-warning --user admin acl log | grep -A1 '^object$' | grep -vE '^(object|--|config\|get)$' || true)
[ -z "$refused" ] || fail "Redis refused the services: $refused"
ok "Redis refused the services nothing"
