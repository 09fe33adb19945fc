/**
 * Drives the libraries named in the arguments through their flows, as their own documentation shows it, and prints a line for each.
 * Fails if a flow does. The environment says where Taskmaster is, who signs in, and an application of theirs with a
 * secret from the Developer page.
 */
import { readFile } from 'node:fs/promises';
import { User } from './user.mjs';
import { flows as openidClient } from './openid-client.mjs';
import { flows as oauth4webapi } from './oauth4webapi.mjs';
import { flows as mcpSdk } from './mcp-sdk.mjs';
import { flows as expressOpenIdConnect } from './express-openid-connect.mjs';

const { TASKMASTER_ORIGIN, TASKMASTER_EMAIL, TASKMASTER_PASSWORD, TASKMASTER_CLIENT_ID, TASKMASTER_CLIENT_SECRET } = process.env;
const libraries = {
  'openid-client': openidClient,
  oauth4webapi,
  '@modelcontextprotocol/sdk': mcpSdk,
  'express-openid-connect': expressOpenIdConnect,
};
let failures = 0;
let count = 0;

for (const library of process.argv.slice(2)) {
  const { version } = JSON.parse(await readFile(new URL(`node_modules/${library}/package.json`, import.meta.url)));
  console.log(`${library} ${version}`);

  const flows = libraries[library]({
    issuer: new URL(TASKMASTER_ORIGIN),
    user: new User(TASKMASTER_ORIGIN, TASKMASTER_EMAIL, TASKMASTER_PASSWORD),
    developer: { client_id: TASKMASTER_CLIENT_ID, client_secret: TASKMASTER_CLIENT_SECRET },
  });
  for (const [name, flow] of Object.entries(flows)) {
    count++;
    try {
      await flow();
      console.log(`  ok      ${name}`);
    } catch (error) {
      failures++;
      console.log(`  FAILED  ${name}`);
      console.error(`${library}: ${name}\n`, error);
    }
  }
}

console.log(`${count} flows, ${failures} failed`);
process.exitCode = failures ? 1 : 0;
