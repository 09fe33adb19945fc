/**
 * Runs the protocol's own conformance runner against Taskmaster, and prints a line for each scenario. The runner cannot sign in,
 * so that the server's scenarios come through a proxy that adds an access token. A scenario fails the run unless it is one that
 * only a server made for the runner can take; one of those that passes fails it as well, so that the list stays true.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { User } from '../relying-party/user.mjs';

const { TASKMASTER_ORIGIN, TASKMASTER_EMAIL, TASKMASTER_PASSWORD } = process.env;
const user = new User(TASKMASTER_ORIGIN, TASKMASTER_EMAIL, TASKMASTER_PASSWORD);
const callbackPort = await freePort();
const callback = `http://127.0.0.1:${callbackPort}/callback`;
const resource = `${TASKMASTER_ORIGIN}/mcp`;

/** Scenarios that call tools, prompts or resources of the runner's example server by name, or extensions that Taskmaster has not. */
const cannot = [
  [/^completion-complete$/, 'needs the example\'s prompt; Taskmaster completes no arguments'],
  [/^tools-call-|^tools-name-/, 'calls the example\'s tools'],
  [/^elicitation-|^input-required-result-/, 'calls the example\'s tools, which ask the user something'],
  [/^resources-read-|^resources-templates-read$/, 'reads the example\'s resources'],
  [/^prompts-get-/, 'gets the example\'s prompts'],
  [/^json-schema-2020-12$/, 'looks for the example\'s tool'],
  [/^http-custom-header-server-validation$/, 'calls the example\'s tool'],
  [/^tasks-|^sep-2640-/, 'an extension that Taskmaster does not offer'],
];
const reasonOf = (scenario) => cannot.find(([pattern]) => pattern.test(scenario))?.[1];

// The runner needs Node.js 22 or newer; an older one that runs this has another beside it.
const node = Number(process.versions.node.split('.')[0]) >= 22
  ? process.execPath
  : `node_modules/node-${process.platform}-${process.arch}/bin/node`;

async function freePort() {
  const server = http.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function run(args, onOutput = () => {}) {
  return new Promise((resolve) => {
    const program = spawn(node, ['node_modules/@modelcontextprotocol/conformance/dist/index.js', ...args], { env: { ...process.env, NO_COLOR: '1' } });
    let said = '';
    const heard = (chunk) => {
      said += chunk;
      onOutput(said);
    };
    program.stdout.on('data', heard);
    program.stderr.on('data', heard);
    program.on('close', (code) => resolve({ code, said }));
  });
}

async function post(path, body, headers = {}) {
  const response = await fetch(TASKMASTER_ORIGIN + path, { method: 'POST', body, headers });
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response.json();
}

const { client_id } = await post(
  '/oauth2/register',
  JSON.stringify({ client_name: 'Conformance runner', redirect_uris: [callback], token_endpoint_auth_method: 'none' }),
  { 'content-type': 'application/json' });

async function accessToken() {
  const code_verifier = randomBytes(32).toString('base64url');
  const { answer } = await user.visit(`${TASKMASTER_ORIGIN}/oauth2/authorize?${new URLSearchParams({
    response_type: 'code', client_id, redirect_uri: callback, scope: 'tasks:read tasks:write', resource,
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'), code_challenge_method: 'S256',
  })}`);
  const code = answer.searchParams.get('code');
  return (await post('/oauth2/token', new URLSearchParams({
    grant_type: 'authorization_code', client_id, redirect_uri: callback, code, code_verifier,
  }))).access_token;
}

/** Adds the token to every request, as a client would that had signed its user in. */
async function proxy(token) {
  const target = new URL(TASKMASTER_ORIGIN);
  const server = http.createServer((request, response) => {
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    const forwarded = http.request({ host: target.hostname, port: target.port, path: request.url, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

let failures = 0;
let passed = 0;
const report = (ok, line) => {
  passed += ok ? 1 : 0;
  failures += ok ? 0 : 1;
  console.log(`  ${ok ? 'ok    ' : 'FAILED'}  ${line}`);
};

async function serverScenarios(revision, address) {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-conformance-'));
  const { said } = await run(['server', '--url', address, '--requirements', revision, '-o', folder]);
  const scenarios = (await readdir(folder)).sort();
  assert.ok(scenarios.length > 20, said);
  const left = [];
  for (const entry of scenarios) {
    const scenario = entry.replace(/^server-/, '').replace(/-\d{4}-\d{2}-\d{2}T.*$/, '');
    const checks = JSON.parse(await readFile(join(folder, entry, 'checks.json')));
    // Some scenarios have checks of both kinds.
    const failed = checks.filter((check) => check.status === 'FAILURE' && !check.errorMessage?.startsWith('Not testable: server does not list the diagnostic tool'));
    const reason = reasonOf(scenario);
    if (reason && failed.length > 0) {
      left.push(scenario);
    } else if (!reason || checks.some((check) => check.status === 'SUCCESS')) {
      report(failed.length === 0, `${revision} ${scenario}: ${checks.filter((check) => check.status === 'SUCCESS').length} checks`
        + failed.map((check) => `\n    ${check.id}: ${check.errorMessage}`).join(''));
    }
  }

  await rm(folder, { recursive: true });
  console.log(`  ${left.length} scenarios of ${revision} are for the runner's example server: ${left.join(', ')}`);
}

async function authorizationScenarios(...options) {
  let visiting;
  const { code, said } = await run(
    ['authorization', '--url', TASKMASTER_ORIGIN, '--client-id', client_id, '--port', String(callbackPort), ...options],
    (output) => {
      const [, address] = /(http\S+\/oauth2\/authorize\?\S+)\s/.exec(output) ?? [];
      // The address is printed before the runner listens for the answer.
      if (address && output.includes('Callback server started') && !visiting) {
        // A connection of its own: the runner waits until there is none any more.
        visiting = user.visit(address).then(({ answer }) => http.get(answer, { agent: false }, (page) => page.resume()));
      }
    });
  report(code === 0 && visiting !== undefined && /Total: \d+ passed, 0 failed/.test(said), `authorization server ${options.join(' ')}${code === 0 ? '' : `\n${said}`}`);
}

console.log('@modelcontextprotocol/conformance');
await authorizationScenarios();
await authorizationScenarios('--resource', resource);
const server = await proxy(await accessToken());
for (const revision of ['2025-11-25', '2026-07-28']) {
  await serverScenarios(revision, `http://127.0.0.1:${server.address().port}/mcp`);
}

server.close();
server.closeAllConnections();
console.log(`${passed} scenarios passed, ${failures} failed`);
process.exitCode = failures ? 1 : 0;
