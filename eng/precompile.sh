#!/bin/sh
# Compiles assemblies to ReadyToRun code.
# $1: crossgen2. $2: a file of lines "assembly|where to put it". $3: a response file of references.
# An assembly that the compiler does not take is put there as it is: it works all the same, and starts more slowly.
set -eu
target=$(sed -n '1s/.*|//p' "$2")
mkdir -p "$(dirname "$target")"
scratch=$(mktemp -d "$(dirname "$target")/../building.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

while IFS='|' read -r assembly target; do
  cp "$assembly" "$scratch/"
done <"$2"

"$1" "$scratch/*.dll" --single-file-compilation --out-near-input --optimize "@$3" ||
  echo "crossgen2 did not compile everything." >&2

# Moved, within one file system: a build of another project may be looking for it.
while IFS='|' read -r assembly target; do
  name=$(basename "$assembly" .dll)
  mkdir -p "$(dirname "$target")"
  [ -f "$scratch/$name.ni.dll" ] || mv "$scratch/$name.dll" "$scratch/$name.ni.dll"
  mv -f "$scratch/$name.ni.dll" "$target"
done <"$2"
