// workerd as Miniflare runs it, with one worker and one KV namespace as it comes: SQLite in a temporary folder.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';

const { PORT, REDIRECT_URI } = process.env;
const library = fileURLToPath(import.meta.resolve('@cloudflare/workers-oauth-provider'));

const workerd = new Miniflare({
  host: '127.0.0.1',
  port: Number(PORT),
  modules: [
    { type: 'ESModule', path: 'worker.mjs', contents: readFileSync('worker.mjs', 'utf8') },
    { type: 'ESModule', path: 'oauth-provider.mjs', contents: readFileSync(library, 'utf8') },
  ],
  compatibilityDate: '2026-07-01',
  bindings: { ORIGIN: `http://127.0.0.1:${PORT}`, REDIRECT_URI },
  kvNamespaces: ['OAUTH_KV'],
});
await workerd.ready;
process.on('SIGINT', () => workerd.dispose().then(() => process.exit(0)));
