/**
 * Drives the MCP clients named in the arguments against Taskmaster's MCP server, given nothing but its address, as their own
 * documentation shows it, and prints a line for each flow. Fails if one does. The environment says where Taskmaster is and who
 * signs in.
 */
import { readFile } from 'node:fs/promises';
import { User } from '../relying-party/user.mjs';
import { flows } from './flows.mjs';
import { flows as mcpRemote } from './mcp-remote.mjs';

const { TASKMASTER_ORIGIN, TASKMASTER_EMAIL, TASKMASTER_PASSWORD } = process.env;
const libraries = {
  '@modelcontextprotocol/sdk': {
    ...await import('@modelcontextprotocol/sdk/client/index.js'),
    ...await import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
    ...await import('@modelcontextprotocol/sdk/client/auth.js'),
  },
  '@modelcontextprotocol/client': await import('@modelcontextprotocol/client'),
};
let failures = 0;
let count = 0;

for (const library of process.argv.slice(2)) {
  const { version } = JSON.parse(await readFile(new URL(`node_modules/${library}/package.json`, import.meta.url)));
  console.log(`${library} ${version}`);

  const user = new User(TASKMASTER_ORIGIN, TASKMASTER_EMAIL, TASKMASTER_PASSWORD);
  const flowsOf = library === 'mcp-remote' ? mcpRemote : flows;
  for (const [name, flow] of Object.entries(flowsOf({ issuer: new URL(TASKMASTER_ORIGIN), user, library: libraries[library] }))) {
    count++;
    try {
      const began = performance.now();
      const seen = await flow();
      console.log(`  ok      ${name}${seen ? `: ${seen}` : ''} (${Math.round(performance.now() - began)} ms)`);
    } catch (error) {
      failures++;
      console.log(`  FAILED  ${name}`);
      console.error(`${library}: ${name}\n`, error);
    }
  }
}

console.log(`${count} flows, ${failures} failed`);
process.exitCode = failures ? 1 : 0;
