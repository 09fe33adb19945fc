#!/bin/sh
# Finds out whether the package feeds have Aspire, and writes the answer as an MSBuild file.
# $1: dotnet. $2: the file to write. $3: Aspire's version.
set -u
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

limit=$(command -v timeout) && limit="$limit 30"
output=$($limit "${1:-dotnet}" restore "$here/probe.proj" -nodeReuse:false -p:AspireVersion="$3" -p:Scratch="$scratch/" 2>&1)
status=$?

provisional=false
if [ $status -eq 0 ]; then
  hosting=packages
else
  hosting=local
  # "No such package" is an answer; anything else is a feed that could not be asked, to be asked again at the next restore.
  case $output in
    *NU1101* | *NU1102* | *NU1103*) ;;
    *) provisional=true ;;
  esac
fi

# Beside, then moved: builds of a fresh clone may run at the same time.
mkdir -p "$(dirname "$2")"
cat >"$scratch/answer" <<ANSWER
<Project>
  <PropertyGroup>
    <AspireHosting>$hosting</AspireHosting>
    <AspireHostingIsProvisional>$provisional</AspireHostingIsProvisional>
  </PropertyGroup>
</Project>
ANSWER
cp "$scratch/answer" "$2.$$" && mv -f "$2.$$" "$2"
echo "Aspire $3: $hosting"
