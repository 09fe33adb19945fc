// Cloudflare's OAuth provider as its documentation has it: the authorization endpoint is the application's, all else the library's.
// It has no OpenID Connect, so there is no id_token. On Taskmaster's paths, so that one load generator speaks to both.
import { OAuthAuthorizationServer } from './oauth-provider.mjs';

const scopes = ['openid', 'profile', 'email', 'offline_access'];
const session = 'session-of-alice';
let server;

function serverOf(env) {
  server ??= new OAuthAuthorizationServer({
    issuer: env.ORIGIN,
    resources: [`${env.ORIGIN}/api`],
    authorizeEndpoint: '/oauth2/authorize',
    tokenEndpoint: '/oauth2/token',
    scopesSupported: scopes,
  });
  return server;
}

/** The client, and the session of a user who needs not be asked for consent. */
async function setUp(env) {
  const client = await serverOf(env).getOAuthApi(env).createClient({
    clientName: 'Benchmark',
    redirectUris: [env.REDIRECT_URI],
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    tokenEndpointAuthMethod: 'client_secret_basic',
  });
  await env.OAUTH_KV.put(`session:${session}`, JSON.stringify({ userId: 'alice', name: 'Alice', email: 'alice@example.com' }));
  return Response.json({ client_id: client.clientId, client_secret: client.clientSecret, cookie: `session=${session}` });
}

async function authorize(request, env) {
  const api = serverOf(env).getOAuthApi(env);
  const asked = await api.parseAuthRequest(request);
  const id = request.headers.get('cookie')?.match(/session=([^;]+)/)?.[1];
  const user = await env.OAUTH_KV.get(`session:${id}`, 'json');
  if (!user) {
    return new Response('Sign in first.', { status: 401 });
  }

  // Several sign-ins of one user are under way at once: none of them is to end another.
  const { redirectTo } = await api.completeAuthorization({
    request: asked, userId: user.userId, metadata: {}, scope: asked.scope, props: user, revokeExistingGrants: false,
  });
  return Response.redirect(redirectTo, 302);
}

export default {
  async fetch(request, env, context) {
    switch (new URL(request.url).pathname) {
      case '/set-up':
        return setUp(env);
      case '/oauth2/authorize':
        return authorize(request, env);
      default:
        return serverOf(env).fetch(request, env, context);
    }
  },
};
