#!/usr/bin/env bash
#
# Guess     auth(provider, { scope }) of the MCP TypeScript SDK gets the client the scope it was called for: the SDK's own
#           transport calls it with the scope of an insufficient_scope challenge, to "upscope".
# Seen      Where the provider has a refresh token, auth() refreshes, does not send the scope, asks nobody and returns
#           AUTHORIZED: the new token has what the old one had, and the next call is refused as before. Only without a refresh
#           token does it send the user to authorize with the new scope.
# Version   @modelcontextprotocol/sdk 1.32.2.
# Source    https://github.com/modelcontextprotocol/typescript-sdk, src/client/auth.ts: authInternal() refreshes whenever
#           tokens().refresh_token is there, before it looks at the scope; src/client/streamableHttp.ts then ends with "Server
#           returned 403 after trying upscoping". https://github.com/modelcontextprotocol/typescript-sdk/issues/2255 reports
#           it, pull request 2346 of the same repository has what follows 1.x ask the user. RFC 6749 section 6: a refresh
#           cannot name a scope beyond the grant.
# Output    with a refresh token: AUTHORIZED, the user was not asked
#             token request: grant_type=refresh_token scope=none
#             token: scope=tasks:read
#           without: REDIRECT, the user is asked for scope=tasks:write
# Matters   A server that gives MCP clients refresh tokens loses step-up with them: who was let in to read never gets to
#           write. Taskmaster gives a refresh token for offline_access only, which its challenges do not name, and its
#           documentation says what such a client has to do (docs/interoperability.md).

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > package.json <<'EOF'
{ "private": true, "type": "module", "dependencies": { "@modelcontextprotocol/sdk": "1.32.2" } }
EOF
npm install --ignore-scripts --no-audit --no-fund > install.log 2>&1 || { cat install.log; exit 2; }

cat > probe.mjs <<'EOF'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';

// A resource and its authorization server, as far as auth() asks them.
const requests = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) {
    body += part;
  }

  const answer = (json) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  if (request.url === '/.well-known/oauth-protected-resource/mcp') {
    answer({ resource: `${origin}/mcp`, authorization_servers: [origin], scopes_supported: ['tasks:read', 'tasks:write'] });
  } else if (request.url === '/.well-known/oauth-authorization-server') {
    answer({
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
    });
  } else if (request.url === '/token') {
    requests.push(new URLSearchParams(body));
    answer({ access_token: 'second', token_type: 'Bearer', expires_in: 3600, refresh_token: 'next', scope: 'tasks:read' });
  } else {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${server.address().port}`;

function providerWith(tokens) {
  return {
    redirectUrl: 'http://127.0.0.1/callback',
    clientMetadata: { redirect_uris: ['http://127.0.0.1/callback'] },
    clientInformation: () => ({ client_id: 'probe', issuer: origin }),
    kept: { ...tokens, token_type: 'Bearer', scope: 'tasks:read', issuer: origin },
    tokens() { return this.kept; },
    saveTokens(saved) { this.kept = saved; },
    saveCodeVerifier() {},
    codeVerifier: () => '',
    redirectToAuthorization(url) { this.asked = url; },
  };
}

const stepUp = (provider) => auth(provider, { serverUrl: `${origin}/mcp`, scope: 'tasks:write' });

const lasting = providerWith({ access_token: 'first', refresh_token: 'refresh' });
console.log(`with a refresh token: ${await stepUp(lasting)}, the user was ${lasting.asked ? '' : 'not '}asked`);
console.log(`  token request: grant_type=${requests[0].get('grant_type')} scope=${requests[0].get('scope') ?? 'none'}`);
console.log(`  token: scope=${lasting.kept.scope}`);

const short = providerWith({ access_token: 'first' });
console.log(`without: ${await stepUp(short)}, the user is asked for scope=${short.asked.searchParams.get('scope')}`);
server.close();
server.closeAllConnections();
EOF

node probe.mjs | tee seen

diff seen - <<'EOF'
with a refresh token: AUTHORIZED, the user was not asked
  token request: grant_type=refresh_token scope=none
  token: scope=tasks:read
without: REDIRECT, the user is asked for scope=tasks:write
EOF
echo "As described."
