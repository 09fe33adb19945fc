#!/usr/bin/env bash
#
# Guess     When a server closes its connection in the middle of a request, HAProxy tells the client so by 502, whichever request of
#           the client's connection it is.
# Seen      So it does for the first request of a client's connection. For a later one it closes the client's connection without an
#           answer, also where it reuses no connection to the server (http-reuse never). For GET a client sends it again by itself,
#           as RFC 9112 section 9.3.1 lets it; a POST fails in the client's hands as a broken connection, with no status that
#           monitoring of either side would count, although an error page for 502 is set.
# Version   HAProxy 2.6 (2.6.12 here), Node.js 20 as server and client. With another HAProxy on the PATH, or none, exit code 3.
# Source    https://github.com/haproxy/haproxy/issues/1109 and /issues/2375 there: meant so, for the client to send it again, and not
#           logged on purpose; whether that may be sent again at all is not asked. RFC 9110 section 9.2.2 (what may be sent again
#           by itself: no POST) and section 15.6.3 (502).
# Output    first request of a connection: 502
#           second request of a connection: closed without an answer
#           second, http-reuse never: closed without an answer
# Matters   A client whose POST /oauth2/token is ended so must think of it as of a timeout: whether the code was redeemed, nobody
#           knows. docs/operations.md says so, and what takes the place of it when a replica is only replaced.

set -euo pipefail

command -v haproxy > /dev/null || { echo "Skipped: no haproxy on the PATH."; exit 3; }
haproxy -v | grep -q 'version 2\.6\.' || { echo "Skipped: $(haproxy -v | head -1)"; exit 3; }

work=$(mktemp -d)
pids=
trap 'for pid in $pids; do kill "$pid" 2> /dev/null || true; done; wait 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

# Answers, but for /ends: there it closes the connection once the request is whole.
cat > server.mjs <<'EOF'
import { createServer } from 'node:http';
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => (request.url === '/ends' ? request.socket.destroy() : response.end('fine')));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
EOF

# POSTs on one connection after another, as a client with keep-alive sends them.
cat > client.mjs <<'EOF'
import { Agent, request } from 'node:http';
const [port, ...paths] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const post = (path) => new Promise((resolve) => {
  const sent = request({ port, host: '127.0.0.1', path, method: 'POST', agent }, (response) => {
    response.resume();
    response.on('end', () => resolve(response.statusCode));
  });
  sent.on('error', () => resolve('closed without an answer'));
  sent.end('a=1');
});
let last;
for (const path of paths) {
  last = await post(path);
  await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log(last);
agent.destroy();
EOF

node server.mjs > port &
pids=$!
for _ in $(seq 50); do [ -s port ] && break; sleep 0.1; done

# On some port of the loopback address; another is tried should it be taken.
balance() {
    for _ in 1 2 3; do
        front=$((20000 + RANDOM % 10000))
        cat > haproxy.cfg <<CONF
defaults
  mode http
  timeout connect 2s
  timeout client 10s
  timeout server 10s
  http-reuse $1
listen all
  bind 127.0.0.1:$front
  server one 127.0.0.1:$(cat port)
CONF
        haproxy -db -f haproxy.cfg > haproxy.log 2>&1 &
        pids="$pids $!"
        for _ in $(seq 50); do
            [ "$(node client.mjs "$front" /)" = 200 ] && return
            kill -0 "${pids##* }" 2> /dev/null || break
            sleep 0.1
        done
    done
    cat haproxy.log
    exit 2
}

{
    balance safe
    echo "first request of a connection: $(node client.mjs "$front" /ends)"
    echo "second request of a connection: $(node client.mjs "$front" / /ends)"
    balance never
    echo "second, http-reuse never: $(node client.mjs "$front" / /ends)"
} > seen
cat seen

diff seen - <<'EOF'
first request of a connection: 502
second request of a connection: closed without an answer
second, http-reuse never: closed without an answer
EOF
echo "As described."
