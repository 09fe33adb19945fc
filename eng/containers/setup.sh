#!/usr/bin/env bash
# Makes the container path testable on a Debian machine that reaches no registry of images: podman from Debian, and images of
# Redis and Postgres made of Debian's packages, under the names that Aspire asks for. As root. Doing it again changes nothing.
set -euo pipefail
cd "$(dirname "$0")"

redis=docker.io/library/redis:8.6
postgres=docker.io/library/postgres:18.3

export DEBIAN_FRONTEND=noninteractive
apt-get install -y -qq --no-install-recommends podman conmon netavark aardvark-dns iptables runc debootstrap > /dev/null

# crun refuses hybrid cgroups, and a container may not raise its own limits.
if [ ! -e /etc/containers/containers.conf ]; then
  mkdir -p /etc/containers
  cat > /etc/containers/containers.conf <<'CONF'
[containers]
default_ulimits=["nofile=1024:1024","nproc=1024:1024"]
[engine]
runtime="runc"
CONF
fi

# Installed is not able: some machines let podman build a network or a container, and some do not.
check() {
  podman network exists engine-check || podman network create -d bridge engine-check > /dev/null
  podman run --rm --network engine-check -p 127.0.0.1::6379 "$redis" redis-server --version > /dev/null
  podman network rm engine-check > /dev/null
}

if podman image exists "$redis" && podman image exists "$postgres"; then
  check
  exit 0
fi

mirror=$(apt-cache policy | sed -nE 's/^ *[0-9]+ (https?:[^ ]+) .*\/main .*/\1/p' | grep -v -i security | head -1)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=redis-server,postgresql,ca-certificates "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root/fs" "$mirror" > "$root/log" 2>&1 \
  || { tail -5 "$root/log" >&2; exit 1; }
rm -rf "$root"/fs/var/cache/apt/* "$root"/fs/var/lib/apt/lists/* "$root"/fs/usr/share/{doc,man,locale}/* "$root"/fs/var/lib/postgresql/*
install -m 755 postgres-entrypoint.sh "$root/fs/usr/local/bin/postgres-entrypoint.sh"

tar -C "$root/fs" -c . | podman import -q \
  --change 'CMD ["redis-server"]' --change 'EXPOSE 6379' --change 'WORKDIR /data' --change 'VOLUME /data' - "$redis" > /dev/null
tar -C "$root/fs" -c . | podman import -q \
  --change 'ENTRYPOINT ["postgres-entrypoint.sh"]' --change 'EXPOSE 5432' --change 'STOPSIGNAL SIGINT' - "$postgres" > /dev/null
check
