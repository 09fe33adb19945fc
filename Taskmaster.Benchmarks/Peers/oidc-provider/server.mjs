// oidc-provider with Redis: opaque tokens of an hour, codes of ten minutes, rotated refresh tokens, RS256 id_tokens;
// on Taskmaster's paths, so that one load generator speaks to both.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { Redis } from 'ioredis';
import Provider from 'oidc-provider';
import { redisAdapter } from './redis-adapter.mjs';

const {
  PORT, TLS_PORT, CERTIFICATE, CERTIFICATE_KEY, REDIS_PORT, CLIENT_ID, ES256_CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, OWNER,
} = process.env;
const issuer = `http://127.0.0.1:${PORT}`;
const redis = new Redis({ host: '127.0.0.1', port: Number(REDIS_PORT) });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const day = 24 * 3600;

function client(id, algorithm) {
  return {
    client_id: id,
    client_secret: CLIENT_SECRET,
    grant_types: ['authorization_code', 'client_credentials', 'refresh_token'],
    id_token_signed_response_alg: algorithm,
    redirect_uris: [REDIRECT_URI],
    response_types: ['code'],
    scope: 'openid profile email offline_access',
  };
}

const provider = new Provider(issuer, {
  adapter: redisAdapter(redis),
  clients: [client(CLIENT_ID, 'RS256'), client(ES256_CLIENT_ID, 'ES256')],
  cookies: { keys: ['benchmark-cookie-key'] },
  jwks: {
    keys: [
      { ...rsa.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'benchmark' },
      { ...p256.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'benchmark-es256' },
    ],
  },
  claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
  conformIdTokenClaims: false,
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'Alice', email: 'alice@example.com' }) }),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  // It drops offline_access from requests that do not ask for consent each time, so the nonce says it.
  issueRefreshToken: async (ctx, client, code) => code.nonce === 'offline-access' || code.kind === 'RefreshToken',
  rotateRefreshToken: true,
  // Its own choice for offline_access, and one look-up less for each token.
  expiresWithSession: async () => false,
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 600,
    ClientCredentials: 3600,
    Grant: 30 * day,
    IdToken: 3600,
    Interaction: 3600,
    RefreshToken: 30 * day,
    Session: 30 * day,
  },
  routes: {
    authorization: '/oauth2/authorize',
    introspection: '/oauth2/introspect',
    revocation: '/oauth2/revoke',
    token: '/oauth2/token',
  },
});

// The sign-in and the consent, without a page: every measured request has the session that this makes.
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) {
    await next();
    return;
  }

  const { prompt, params, session } = await provider.interactionDetails(ctx.req, ctx.res);
  if (prompt.name === 'login') {
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: OWNER } });
  } else {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope('openid profile email offline_access');
    await provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  }

  ctx.respond = false;
});

provider.listen(Number(PORT), '127.0.0.1');
https.createServer({ cert: readFileSync(CERTIFICATE), key: readFileSync(CERTIFICATE_KEY) }, provider.callback())
  .listen(Number(TLS_PORT), '127.0.0.1');
