#!/usr/bin/env bash
#
# What AuthServer's memory does while strangers send it forms that are far too long: 24 at once, 28 MB each, half of them
# without Content-Length, through the public origin. Fails when its peak is more than 1.1 times what it was before, or when
# a form is answered with anything but 413.
#
#   eng/oversized-forms.sh http://localhost:5080 "$(pgrep -f 'Taskmaster.AuthServer/bin/.*/Taskmaster.AuthServer$')"

set -euo pipefail

origin=$1
process=$2
forms=24

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{ printf 'grant_type=client_credentials&x='; head -c 28000000 /dev/zero | tr '\0' 'x'; } > "$work/form"

kilobytes() { sed -n "s/^$1:[[:space:]]*\([0-9]*\) kB/\1/p" "/proc/$process/status"; }

# As a server that has been running: each endpoint has been asked.
for path in /oauth2/token /oauth2/authorize /sign-in; do
    for _ in $(seq 20); do curl -s -o /dev/null -X POST -d 'x=1' "$origin$path"; done
done

before=$(kilobytes VmRSS)
# The peak is counted anew from here.
echo 5 > "/proc/$process/clear_refs"

for form in $(seq $forms); do
    path=$([ $((form % 3)) = 0 ] && echo /oauth2/authorize || { [ $((form % 3)) = 1 ] && echo /oauth2/token || echo /sign-in; })
    chunked=$([ $((form % 2)) = 0 ] && echo 'Transfer-Encoding: chunked' || echo 'X-Length: known')
    curl -s -o /dev/null -w '%{http_code}\n' -H 'Expect:' -H "$chunked" -H 'Content-Type: application/x-www-form-urlencoded' \
        --data-binary "@$work/form" "$origin$path" >> "$work/answers" &
done
wait

peak=$(kilobytes VmHWM)
refused=$(grep -c '^413$' "$work/answers" || true)
ratio=$(awk "BEGIN { printf \"%.2f\", $peak / $before }")
echo "AuthServer before: $((before / 1024)) MB, peak during $forms forms of 28 MB: $((peak / 1024)) MB, $ratio times; answered 413: $refused of $forms"
[ "$refused" = "$forms" ] && awk "BEGIN { exit !($peak <= 1.1 * $before) }"
