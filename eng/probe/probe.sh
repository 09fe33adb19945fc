#!/bin/sh
# Finds out whether the package feeds have what one question of probe.proj names, and writes the answer as an MSBuild file.
# $1: dotnet. $2: the file to write. $3: the question. $4: the version asked for.
# $5: the property to write, and $6 and $7 its value if the feeds have it and if not.
set -u
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

limit=$(command -v timeout) && limit="$limit 30"
output=$($limit "${1:-dotnet}" restore "$here/probe.proj" -nodeReuse:false -p:Question="$3" -p:Wanted="$4" -p:Scratch="$scratch/" 2>&1)
status=$?

provisional=false
if [ $status -eq 0 ]; then
  answer=$6
else
  answer=$7
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
    <$5>$answer</$5>
    <$5IsProvisional>$provisional</$5IsProvisional>
  </PropertyGroup>
</Project>
ANSWER
cp "$scratch/answer" "$2.$$" && mv -f "$2.$$" "$2"
echo "$3 $4: $answer"
