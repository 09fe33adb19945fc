// better-auth with its OAuth provider plugin as its documentation sets both up: Postgres, Redis as secondary storage (sessions and
// codes; tokens, clients and consents stay in Postgres, where the plugin keeps them), id_tokens by EdDSA. On Taskmaster's paths, so
// that one load generator speaks to both.
import http from 'node:http';
import { oauthProvider } from '@better-auth/oauth-provider';
import { redisStorage } from '@better-auth/redis-storage';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import { Redis } from 'ioredis';
import pg from 'pg';

const { PORT, REDIS_PORT, POSTGRES_PORT, POSTGRES_DATABASE, REDIRECT_URI } = process.env;
const origin = `http://127.0.0.1:${PORT}`;
const client = new Redis({ host: '127.0.0.1', port: Number(REDIS_PORT) });

// Read once, as the other peer's.
const trusted = new Set();

const options = {
  baseURL: origin,
  basePath: '/',
  secret: 'benchmark-secret-0123456789-abcdefghijklmnopqrstuvwxyz',
  database: new pg.Pool({ host: '127.0.0.1', port: Number(POSTGRES_PORT), user: 'postgres', database: POSTGRES_DATABASE, max: 16 }),
  secondaryStorage: redisStorage({ client }),
  // The plugin's tables refer to that of the sessions; they are read from Redis all the same.
  session: { storeSessionInDatabase: true },
  emailAndPassword: { enabled: true },
  // One client makes all of the load.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  disabledPaths: ['/token'],
  plugins: [
    jwt(),
    oauthProvider({
      loginPage: '/sign-in',
      consentPage: '/consent',
      scopes: ['openid', 'profile', 'email', 'offline_access', 'api'],
      clientPrivileges: () => true,
      cachedTrustedClients: trusted,
    }),
  ],
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);

// The user, the session and the client of the measured requests; the operator says that the client needs no consent.
const signedUp = await auth.api.signUpEmail({
  body: { name: 'Alice', email: 'alice@example.com', password: 'correct horse battery staple' },
  asResponse: true,
});
const cookie = signedUp.headers.getSetCookie().map((line) => line.split(';', 1)[0]).join('; ');
const registered = await auth.api.adminCreateOAuthClient({
  headers: new Headers({ cookie }),
  body: {
    client_name: 'Benchmark',
    redirect_uris: [REDIRECT_URI],
    grant_types: ['authorization_code', 'client_credentials', 'refresh_token'],
    scope: 'openid profile email offline_access api',
    client_credentials_scopes: ['api'],
    token_endpoint_auth_method: 'client_secret_basic',
    skip_consent: true,
  },
});
trusted.add(registered.client_id);
const setUp = JSON.stringify({ client_id: registered.client_id, client_secret: registered.client_secret, cookie });

const answer = toNodeHandler(auth);
http.createServer((request, response) => {
  if (request.url === '/set-up') {
    response.end(setUp);
    return;
  }

  answer(request, response);
}).listen(Number(PORT), '127.0.0.1');
