import assert from 'node:assert/strict';
import * as client from 'openid-client';
import { User } from './user.mjs';

const redirectUri = 'https://client.example/callback';
const signedOutUri = 'https://client.example/signed-out';

/** @returns {Record<string, () => Promise<void>>} the flows, in the order in which they build on each other */
export function flows({ issuer, user, developer }) {
  // Plain HTTP for a development server, and every id_token's signature checked against the JWKS, not only its claims.
  const options = { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] };
  const configs = {};

  const register = (metadata, authentication) => client.dynamicClientRegistration(
    issuer,
    {
      client_name: 'openid-client',
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [signedOutUri],
      grant_types: ['authorization_code', 'refresh_token'],
      ...metadata,
    },
    authentication,
    options,
  );

  /** The authorization code flow up to the tokens; the library checks state, iss, nonce and the id_token. */
  async function signIn(config, { parameters = {}, checks = {}, build = client.buildAuthorizationUrl, decisions } = {}) {
    const [pkceCodeVerifier, expectedState, expectedNonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
    const url = await build(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile email offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
      ...parameters,
    });
    const { answer, asked } = await user.visit(url, decisions);
    const expected = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true, ...checks };
    return { answer, asked, expected, redeem: () => client.authorizationCodeGrant(config, answer, expected) };
  }

  const tokensOf = async (config, how) => (await signIn(config, how)).redeem();

  return {
    'discovery, OpenID Connect and RFC 8414: the same metadata from both documents': async () => {
      const oidc = await client.discovery(issuer, developer.client_id, developer.client_secret, undefined, options);
      const oauth2 = await client.discovery(issuer, developer.client_id, developer.client_secret, undefined, { ...options, algorithm: 'oauth2' });
      assert.deepEqual(oidc.serverMetadata(), oauth2.serverMetadata());
      assert.ok(oidc.serverMetadata().supportsPKCE());
      configs.developer = oidc;
    },

    'dynamic client registration (RFC 7591): client_secret_basic, client_secret_post, private_key_jwt, none': async () => {
      const keys = await client.randomDPoPKeyPair('ES256', { extractable: true });
      const jwk = await crypto.subtle.exportKey('jwk', keys.publicKey);
      configs.basic = await register({ token_endpoint_auth_method: 'client_secret_basic' }, client.ClientSecretBasic());
      configs.post = await register({ token_endpoint_auth_method: 'client_secret_post' }, client.ClientSecretPost());
      configs.key = await register(
        { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...jwk, use: 'sig', kid: 'first' }] } },
        client.PrivateKeyJwt({ key: keys.privateKey, kid: 'first' }));
      configs.public = await register(
        { token_endpoint_auth_method: 'none', redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'] },
        client.None());
      assert.equal(configs.public.clientMetadata().client_secret, undefined);
    },

    'registration management (RFC 7592): read, replace, delete, gone': async () => {
      const config = await register({});
      const { client_id, registration_client_uri, registration_access_token } = config.clientMetadata();
      const manage = (method, body) => client.fetchProtectedResource(
        config, registration_access_token, new URL(registration_client_uri), method, body && JSON.stringify(body), new Headers({ 'content-type': 'application/json' }));
      assert.equal((await (await manage('GET')).json()).client_name, 'openid-client');
      assert.equal((await (await manage('PUT', { client_id, client_name: 'Renamed', redirect_uris: [redirectUri] })).json()).client_name, 'Renamed');
      assert.equal((await manage('DELETE')).status, 204);
      await assert.rejects(manage('GET'), { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 });
    },

    'authorization code with PKCE, client_secret_basic: state, nonce, iss, id_token and its signature': async () => {
      const tokens = await tokensOf(configs.basic);
      assert.equal(tokens.token_type, 'bearer');
      assert.equal(tokens.expires_in, 3600);
      assert.ok(tokens.claims().auth_time);
    },

    'authorization code with PKCE, client_secret_post': async () => {
      assert.ok(await tokensOf(configs.post));
    },

    'authorization code with PKCE, private_key_jwt': async () => {
      assert.ok(await tokensOf(configs.key));
    },

    'authorization code with PKCE, public client on a loopback port of its choice (RFC 8252)': async () => {
      assert.ok(await tokensOf(configs.public, { parameters: { redirect_uri: 'http://127.0.0.1:51004/callback' } }));
    },

    'a redirect URI with a query: the library leaves the query off at the token request, which is refused': async () => {
      const withQuery = `${redirectUri}?from=taskmaster`;
      const config = await register({ redirect_uris: [withQuery] });
      const { answer, redeem } = await signIn(config, { parameters: { redirect_uri: withQuery } });
      assert.equal(answer.searchParams.get('from'), 'taskmaster');
      await assert.rejects(redeem(), { error: 'invalid_grant', error_description: 'Invalid redirect URI' });
    },

    'authorization code with PKCE, an application of the Developer page': async () => {
      assert.ok(await tokensOf(configs.developer));
    },

    'pushed authorization request (RFC 9126): confidential and public client, used once': async () => {
      const build = client.buildAuthorizationUrlWithPAR;
      let pushed;
      assert.ok(await tokensOf(configs.basic, { build: async (...request) => (pushed = await build(...request)) }));
      assert.deepEqual([...pushed.searchParams.keys()].sort(), ['client_id', 'request_uri']);
      assert.match((await user.visit(pushed)).page, /request URI is unknown, used or expired/);
      assert.ok(await tokensOf(configs.key, { build }));
      assert.ok(await tokensOf(configs.public, { build, parameters: { redirect_uri: 'http://127.0.0.1:51005/callback' } }));
    },

    'response mode form_post: the library reads the POST': async () => {
      const { answer, redeem } = await signIn(configs.basic, { parameters: { response_mode: 'form_post' } });
      assert.equal(answer.method, 'POST');
      assert.ok(await redeem());
    },

    'userinfo: the claims of the scopes that were allowed, for the subject of the id_token': async () => {
      const tokens = await tokensOf(configs.basic);
      const claims = await client.fetchUserInfo(configs.basic, tokens.access_token, tokens.claims().sub);
      assert.ok(claims.name && claims.email);
    },

    'refresh with rotation: a new refresh token each time, confidential and public client': async () => {
      for (const [config, parameters] of [[configs.basic], [configs.key], [configs.public, { redirect_uri: 'http://127.0.0.1:51006/callback' }]]) {
        const first = await tokensOf(config, { parameters });
        const second = await client.refreshTokenGrant(config, first.refresh_token);
        const third = await client.refreshTokenGrant(config, second.refresh_token);
        assert.equal(new Set([first.refresh_token, second.refresh_token, third.refresh_token]).size, 3);
        assert.equal(third.claims().sub, first.claims().sub);
      }
    },

    'prompt=login and max_age: the user signs in again, and auth_time says when': async () => {
      const before = (await tokensOf(configs.basic)).claims().auth_time;
      const { asked, redeem } = await signIn(configs.basic, { parameters: { prompt: 'login', max_age: '60' }, checks: { maxAge: 60 } });
      assert.deepEqual(asked, ['/sign-in']);
      assert.ok((await redeem()).claims().auth_time >= before);
    },

    'prompt=none: silent when signed in and allowed': async () => {
      const { asked, redeem } = await signIn(configs.basic, { parameters: { prompt: 'none' } });
      assert.deepEqual(asked, []);
      assert.ok(await redeem());
    },

    'client credentials: Basic and form, and a call of the API': async () => {
      for (const authentication of [client.ClientSecretBasic(developer.client_secret), client.ClientSecretPost(developer.client_secret)]) {
        const config = await client.discovery(issuer, developer.client_id, undefined, authentication, options);
        const tokens = await client.clientCredentialsGrant(config, { scope: 'tasks:read' });
        assert.equal(tokens.refresh_token, undefined);
        assert.equal((await client.fetchProtectedResource(config, tokens.access_token, new URL('/api/tasks', issuer), 'GET')).status, 200);
      }
    },

    'device authorization (RFC 8628): the user types the code, the device polls': async () => {
      const started = await client.initiateDeviceAuthorization(configs.public, { scope: 'openid profile offline_access' });
      const { asked } = await user.visit(started.verification_uri, { userCode: started.user_code.toLowerCase() });
      assert.deepEqual(asked, ['/oauth2/verify', '/oauth2/verify']);
      const tokens = await client.pollDeviceAuthorizationGrant(configs.public, started);
      assert.ok(tokens.claims().sub);
      assert.ok(await client.refreshTokenGrant(configs.public, tokens.refresh_token));
    },

    'DPoP (RFC 9449): pushed, redeemed, refreshed, userinfo and API with one key; as a bearer token refused': async () => {
      for (const algorithm of ['ES256', 'Ed25519', 'RS256']) {
        const DPoP = client.getDPoPHandle(configs.public, await client.randomDPoPKeyPair(algorithm));
        const { answer, expected } = await signIn(configs.public, {
          build: (config, parameters) => client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP }),
          parameters: { redirect_uri: 'http://127.0.0.1:51011/callback', scope: 'openid profile offline_access tasks:read' },
        });
        const bought = await client.authorizationCodeGrant(configs.public, answer, expected, undefined, { DPoP });
        assert.equal(bought.token_type, 'dpop');
        const tokens = await client.refreshTokenGrant(configs.public, bought.refresh_token, undefined, { DPoP });
        assert.equal(tokens.token_type, 'dpop');
        assert.ok((await client.fetchUserInfo(configs.public, tokens.access_token, tokens.claims().sub, { DPoP })).name);
        const call = (options) => client.fetchProtectedResource(
          configs.public, tokens.access_token, new URL('/api/tasks?limit=1', issuer), 'GET', undefined, undefined, options);
        assert.equal((await call({ DPoP })).status, 200);
        await assert.rejects(call(), { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 });
        const stranger = client.getDPoPHandle(configs.public, await client.randomDPoPKeyPair('ES256'));
        await assert.rejects(client.refreshTokenGrant(configs.public, tokens.refresh_token, undefined, { DPoP: stranger }), { error: 'invalid_grant' });
      }
    },

    'introspection (RFC 7662): own token active, foreign and unknown ones not': async () => {
      const { access_token } = await tokensOf(configs.basic);
      assert.equal((await client.tokenIntrospection(configs.basic, access_token)).active, true);
      assert.deepEqual(await client.tokenIntrospection(configs.post, access_token), { active: false });
      assert.deepEqual(await client.tokenIntrospection(configs.basic, 'made-up'), { active: false });
    },

    'revocation (RFC 7009): access and refresh token, confidential and public client': async () => {
      const { access_token, refresh_token } = await tokensOf(configs.basic);
      await client.tokenRevocation(configs.basic, refresh_token);
      await assert.rejects(client.refreshTokenGrant(configs.basic, refresh_token), { error: 'invalid_grant' });
      await client.tokenRevocation(configs.basic, access_token);
      assert.equal((await client.tokenIntrospection(configs.basic, access_token)).active, false);
      await client.tokenRevocation(configs.public, 'made-up');
    },

    'errors of the authorization endpoint: access_denied, invalid_scope, login_required': async () => {
      const refused = async (parameters, error, decisions) =>
        assert.rejects((await signIn(configs.basic, { parameters, decisions })).redeem(), { code: 'OAUTH_AUTHORIZATION_RESPONSE_ERROR', error });
      await refused({ prompt: 'consent' }, 'access_denied', { choice: 'deny' });
      await refused({ scope: 'openid nonsense' }, 'invalid_scope');
      const stranger = new User(issuer.origin);
      const url = client.buildAuthorizationUrl(configs.basic, { redirect_uri: redirectUri, scope: 'openid', prompt: 'none' });
      await assert.rejects(client.authorizationCodeGrant(configs.basic, (await stranger.visit(url)).answer), { error: 'login_required' });
    },

    'errors of the token endpoint: code used twice, wrong verifier, wrong secret': async () => {
      const { answer, expected, redeem } = await signIn(configs.basic);
      const tokens = await redeem();
      await assert.rejects(redeem(), { code: 'OAUTH_RESPONSE_BODY_ERROR', error: 'invalid_grant', status: 400 });
      assert.equal((await client.tokenIntrospection(configs.basic, tokens.access_token)).active, false);

      const other = await signIn(configs.basic);
      await assert.rejects(
        client.authorizationCodeGrant(configs.basic, other.answer, { ...other.expected, pkceCodeVerifier: expected.pkceCodeVerifier }), { error: 'invalid_grant' });

      const stranger = new client.Configuration(configs.basic.serverMetadata(), configs.basic.clientMetadata().client_id, undefined, client.ClientSecretBasic('wrong'));
      client.allowInsecureRequests(stranger);
      await assert.rejects(client.authorizationCodeGrant(stranger, answer, expected), { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 });
    },

    'a response of another issuer (RFC 9207), and one without iss, is refused by the library': async () => {
      const { answer, expected } = await signIn(configs.basic);
      for (const change of [(query) => query.set('iss', 'https://evil.example'), (query) => query.delete('iss')]) {
        const forged = new URL(answer);
        change(forged.searchParams);
        await assert.rejects(client.authorizationCodeGrant(configs.basic, forged, expected), { code: 'OAUTH_INVALID_RESPONSE' });
      }

      assert.ok(await client.authorizationCodeGrant(configs.basic, answer, expected));
    },

    'RP-initiated logout: with the id_token, back to the client with its state, and signed out': async () => {
      const { id_token } = await tokensOf(configs.basic);
      const url = client.buildEndSessionUrl(configs.basic, { id_token_hint: id_token, post_logout_redirect_uri: signedOutUri, state: 'xyz' });
      const { answer, asked } = await user.visit(url);
      assert.equal(answer.href, `${signedOutUri}?state=xyz`);
      assert.deepEqual(asked, []);
      assert.deepEqual((await signIn(configs.basic)).asked, ['/sign-in']);
    },

    'RP-initiated logout, an application of the Developer page': async () => {
      const { id_token } = await tokensOf(configs.developer);
      const url = client.buildEndSessionUrl(configs.developer, { id_token_hint: id_token, post_logout_redirect_uri: signedOutUri });
      assert.equal((await user.visit(url)).answer.href, signedOutUri);
      assert.deepEqual((await signIn(configs.developer)).asked, ['/sign-in']);
    },
  };
}
