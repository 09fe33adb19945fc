#!/usr/bin/env bash
# Publishes the four services and makes their images, taskmaster/authserver, tasksapi, mcp and web: deploy/images.sh [tag]
# The engine is podman, or docker where there is no podman. BASE names another base image. Where no registry of images is reached,
# deploy/base.sh makes a base of Debian's packages first, and this is told: BASE=localhost/taskmaster/base deploy/images.sh
set -euo pipefail
cd "$(dirname "$0")/.."

tag=${1:-latest}
engine=${ENGINE:-$(command -v podman || command -v docker)}
publish=artifacts/publish
case $(uname -m) in aarch64 | arm64) runtime=linux-arm64 ;; *) runtime=linux-x64 ;; esac
arguments=(
  --build-arg "VERSION=$tag" --build-arg "REVISION=$(git rev-parse HEAD)"
  --build-arg "CREATED=$(git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)")
if [ -n "${BASE:-}" ]; then arguments+=(--build-arg "BASE=$BASE"); fi

export TZ=UTC
dotnet tool restore > /dev/null
for service in AuthServer TasksApi Mcp Web; do
  rm -rf "$publish/$service"
  # Compiled ahead, so that the first requests of a new replica do not wait for the compiler.
  dotnet publish "Taskmaster.$service" -c Release -o "$publish/$service" -v quiet -nologo \
    -r "$runtime" --self-contained false -p:PublishReadyToRun=true -p:UseAppHost=false

  # What the service is made of, inside the image as well.
  dotnet CycloneDX "Taskmaster.$service/Taskmaster.$service.csproj" --output "$publish/$service" --filename sbom.cdx.json \
    --output-format Json --exclude-dev --disable-package-restore > /dev/null

  image=taskmaster/${service,,}:$tag
  "$engine" build -q -f deploy/Containerfile --target "${service,,}" -t "$image" "${arguments[@]}" "$publish" > /dev/null
  echo "$image"
done
