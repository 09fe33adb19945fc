# Ends the children of a host that is gone, newest first. The host names them on standard input,
# "add <pid> <signal>" and "gone <pid>"; the pipe ends when the host does, whatever ended it.
# $1: the file that says a reaper is at work. $2: a folder to delete in the end, or nothing.
trap '' HUP INT TERM
exec >/dev/null 2>&1
echo $$ >"$1"
children=
while read -r verb pid signal; do
  others=
  for child in $children; do
    [ "${child%:*}" = "$pid" ] || others="$others $child"
  done
  children=$others
  [ "$verb" = add ] && children="$pid:$signal $children"
done

# A zombie has ended, though nobody may be there to collect it.
runs() {
  kill -0 "$1" || return 1
  [ -r "/proc/$1/stat" ] || return 0
  read -r _ _ state _ <"/proc/$1/stat"
  [ "$state" != Z ]
}

for child in $children; do
  kill -s "${child#*:}" "${child%:*}"
  tries=0
  while runs "${child%:*}" && [ $tries -lt 40 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
  kill -s KILL -- "-${child%:*}"
done

rm -f "$1"
[ -z "$2" ] || rm -rf "$2"
