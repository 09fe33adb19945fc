import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

/** A command-line program between an MCP host that speaks only to local programs and a server: it signs its user in by itself. */
export function flows({ issuer, user }) {
  const program = fileURLToPath(new URL('node_modules/mcp-remote/dist/proxy.js', import.meta.url));

  return {
    'a host that starts it as a local program: sign-in in the browser, and the tools': async () => {
      const folder = await mkdtemp(join(tmpdir(), 'mcp-remote-'));
      const transport = new StdioClientTransport({
        command: process.execPath,
        args: [program, new URL('/mcp', issuer).href, '--transport', 'http-only'],
        // There is no browser for it to open: the user follows the address that it prints.
        env: { ...process.env, MCP_REMOTE_CONFIG_DIR: folder, BROWSER: 'none' },
        stderr: 'pipe',
      });
      let said = '';
      const visited = new Promise((resolve, reject) => {
        transport.stderr.on('data', (chunk) => {
          said += chunk;
          const [, address] = /(http\S+\/oauth2\/authorize\?\S+)\s/.exec(said) ?? [];
          if (address && !visited.begun) {
            visited.begun = true;
            user.visit(address).then(({ answer }) => fetch(answer)).then(resolve, reject);
          }
        });
      });
      const client = new Client({ name: 'a-host', version: '1.0.0' });
      try {
        await client.connect(transport);
        assert.equal((await visited).status, 200);
        const { tools } = await client.listTools();
        assert.ok(tools.some((tool) => tool.name === 'create_task'));
        const { structuredContent } = await client.callTool({ name: 'list_projects', arguments: {} });
        assert.ok(Array.isArray(structuredContent.projects));
      } catch (error) {
        throw new Error(`mcp-remote said:\n${said}`, { cause: error });
      } finally {
        await client.close();
        await rm(folder, { recursive: true });
      }
    },
  };
}
