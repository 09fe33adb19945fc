// oidc-provider with Redis: opaque tokens of an hour, codes of ten minutes, rotated refresh tokens, RS256 id_tokens;
// on Taskmaster's paths, so that one load generator speaks to both.
import { generateKeyPairSync } from 'node:crypto';
import { Redis } from 'ioredis';
import Provider from 'oidc-provider';
import { redisAdapter } from './redis-adapter.mjs';

const { PORT, REDIS_PORT, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, OWNER } = process.env;
const issuer = `http://127.0.0.1:${PORT}`;
const redis = new Redis({ host: '127.0.0.1', port: Number(REDIS_PORT) });
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const day = 24 * 3600;

const provider = new Provider(issuer, {
  adapter: redisAdapter(redis),
  clients: [{
    client_id: CLIENT_ID,
    client_secret: CLIENT_SECRET,
    grant_types: ['authorization_code', 'client_credentials', 'refresh_token'],
    redirect_uris: [REDIRECT_URI],
    response_types: ['code'],
    scope: 'openid profile email offline_access',
  }],
  cookies: { keys: ['benchmark-cookie-key'] },
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'benchmark' }] },
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
