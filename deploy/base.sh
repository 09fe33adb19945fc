#!/usr/bin/env bash
# Makes localhost/taskmaster/base on a Debian machine that reaches no registry of images: Debian's smallest root, what .NET needs,
# and this machine's ASP.NET Core runtime. As root. Doing it again changes nothing.
set -euo pipefail

image=localhost/taskmaster/base
podman image exists "$image" && exit 0

export DEBIAN_FRONTEND=noninteractive
apt-get install -y -qq --no-install-recommends podman conmon netavark aardvark-dns iptables runc debootstrap > /dev/null
mirror=$(apt-cache policy | sed -nE 's/^ *[0-9]+ (https?:[^ ]+) .*\/main .*/\1/p' | grep -v -i security | head -1)
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=ca-certificates,libssl3,libstdc++6,zlib1g,tzdata \
  "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root/fs" "$mirror" > "$root/log" 2>&1 || { tail -5 "$root/log" >&2; exit 1; }
rm -rf "$root"/fs/var/cache/* "$root"/fs/var/lib/apt/lists/* "$root"/fs/usr/share/{doc,man,locale}/* "$root"/fs/var/log/*
mkdir -p "$root/fs/usr/share/dotnet/shared"
cp -r "$dotnet/host" "$dotnet/dotnet" "$root/fs/usr/share/dotnet/"
cp -r "$dotnet"/shared/Microsoft.{NETCore,AspNetCore}.App "$root/fs/usr/share/dotnet/shared/"
ln -s /usr/share/dotnet/dotnet "$root/fs/usr/bin/dotnet"
echo 'app:x:1654:1654::/:/usr/sbin/nologin' >> "$root/fs/etc/passwd"
echo 'app:x:1654:' >> "$root/fs/etc/group"
tar -C "$root/fs" -c . | podman import -q --change 'USER 1654' - "$image" > /dev/null
