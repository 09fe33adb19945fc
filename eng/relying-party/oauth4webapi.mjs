import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { User } from './user.mjs';

const redirectUri = 'https://client.example/callback';
const signedOutUri = 'https://client.example/signed-out';

/** @returns {Record<string, () => Promise<void>>} the flows, in the order in which they build on each other */
export function flows({ issuer, user, developer }) {
  // Plain HTTP for a development server.
  const insecure = { [oauth.allowInsecureRequests]: true };
  const clients = {};
  let as;

  async function register(metadata, authentication = () => oauth.None()) {
    const response = await oauth.dynamicClientRegistrationRequest(
      as,
      {
        client_name: 'oauth4webapi',
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [signedOutUri],
        grant_types: ['authorization_code', 'refresh_token'],
        ...metadata,
      },
      insecure);
    const client = await oauth.processDynamicClientRegistrationResponse(response);
    return { client, authentication: authentication(client) };
  }

  /** The authorization response of a signed-in user, validated: state and iss. */
  async function authorize({ client, authentication }, { parameters = {}, push = false, decisions } = {}) {
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const given = {
      client_id: client.client_id,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid profile email offline_access',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...parameters,
    };
    const request = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const url = new URL(as.authorization_endpoint);
    if (push) {
      const response = await oauth.pushedAuthorizationRequest(as, client, authentication, request, insecure);
      const { request_uri, expires_in } = await oauth.processPushedAuthorizationResponse(as, client, response);
      assert.equal(expires_in, 60);
      url.search = new URLSearchParams({ client_id: client.client_id, request_uri });
    } else {
      url.search = new URLSearchParams(request);
    }

    const { answer, asked } = await user.visit(url, decisions);
    const received = answer instanceof Request ? new URLSearchParams(await answer.text()) : answer.searchParams;
    return { url, asked, verifier, nonce, redirectUri: request.redirect_uri, response: oauth.validateAuthResponse(as, client, received, state) };
  }

  /** Tokens for an authorization response, with the id_token's claims and its signature checked. */
  async function redeem({ client, authentication }, { response, verifier, nonce, redirectUri }, checks) {
    const answer = await oauth.authorizationCodeGrantRequest(as, client, authentication, response, redirectUri, verifier, insecure);
    const copy = answer.clone();
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce, requireIdToken: true, ...checks });
    await oauth.validateApplicationLevelSignature(as, answer, insecure);
    assert.equal(copy.headers.get('cache-control'), 'no-store');
    return tokens;
  }

  const tokensOf = async (party, how, checks) => redeem(party, await authorize(party, how), checks);

  const refresh = async ({ client, authentication }, token) =>
    oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, authentication, token, insecure));

  const introspect = async ({ client, authentication }, token) =>
    oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, authentication, token, insecure));

  const revoke = async ({ client, authentication }, token) =>
    oauth.processRevocationResponse(await oauth.revocationRequest(as, client, authentication, token, insecure));

  const userInfo = async ({ client }, token, subject) =>
    oauth.processUserInfoResponse(as, client, subject, await oauth.userInfoRequest(as, client, token, insecure));

  return {
    'discovery, OpenID Connect and RFC 8414: the same metadata from both documents': async () => {
      const discover = async (algorithm) => oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...insecure }));
      as = await discover('oidc');
      assert.deepEqual(as, await discover('oauth2'));
      assert.equal(as.authorization_response_iss_parameter_supported, true);
    },

    'dynamic client registration (RFC 7591): client_secret_basic, client_secret_post, private_key_jwt, none': async () => {
      const keys = await oauth.generateKeyPair('RS256');
      const jwk = await crypto.subtle.exportKey('jwk', keys.publicKey);
      clients.basic = await register({ token_endpoint_auth_method: 'client_secret_basic' }, (client) => oauth.ClientSecretBasic(client.client_secret));
      clients.post = await register({ token_endpoint_auth_method: 'client_secret_post' }, (client) => oauth.ClientSecretPost(client.client_secret));
      clients.key = await register({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } }, () => oauth.PrivateKeyJwt(keys.privateKey));
      clients.public = await register(
        { token_endpoint_auth_method: 'none', redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'] });
    },

    'registration management (RFC 7592): read, replace, delete, gone': async () => {
      const { client } = await register({});
      const manage = (method, body) => oauth.protectedResourceRequest(
        client.registration_access_token, method, new URL(client.registration_client_uri), new Headers({ 'content-type': 'application/json' }), body && JSON.stringify(body), insecure);
      assert.equal((await (await manage('GET')).json()).client_id, client.client_id);
      assert.equal((await (await manage('PUT', { client_id: client.client_id, client_name: 'Renamed', redirect_uris: [redirectUri] })).json()).client_name, 'Renamed');
      assert.equal((await manage('DELETE')).status, 204);
      await assert.rejects(manage('GET'), { code: oauth.WWW_AUTHENTICATE_CHALLENGE, status: 401 });
    },

    'a registration that cannot be accepted: invalid_redirect_uri, invalid_client_metadata': async () => {
      await assert.rejects(register({ redirect_uris: ['http://client.example/'] }), { code: oauth.RESPONSE_BODY_ERROR, error: 'invalid_redirect_uri', status: 400 });
      await assert.rejects(register({ grant_types: ['password'] }), { code: oauth.RESPONSE_BODY_ERROR, error: 'invalid_client_metadata', status: 400 });
    },

    'authorization code with PKCE, client_secret_basic: state, nonce, iss, id_token and its signature': async () => {
      const tokens = await tokensOf(clients.basic);
      assert.equal(tokens.token_type, 'bearer');
      assert.equal(tokens.expires_in, 3600);
      assert.ok(oauth.getValidatedIdTokenClaims(tokens).auth_time);
    },

    'authorization code with PKCE, client_secret_post': async () => {
      assert.ok(await tokensOf(clients.post));
    },

    'client_secret_post of a client that registered for client_secret_basic, as Claude sends it': async () => {
      const { client } = clients.basic;
      assert.ok(await tokensOf({ client, authentication: oauth.ClientSecretPost(client.client_secret) }));
    },

    'a redirect URI with a query is compared whole': async () => {
      const withQuery = `${redirectUri}?from=taskmaster`;
      assert.ok(await tokensOf(await register({ redirect_uris: [withQuery] }, (client) => oauth.ClientSecretBasic(client.client_secret)), { parameters: { redirect_uri: withQuery } }));
    },

    'authorization code with PKCE, private_key_jwt': async () => {
      assert.ok(await tokensOf(clients.key));
    },

    'authorization code with PKCE, public client on a loopback port of its choice (RFC 8252)': async () => {
      assert.ok(await tokensOf(clients.public, { parameters: { redirect_uri: 'http://127.0.0.1:51007/callback' } }));
    },

    'authorization code without PKCE, a confidential client that relies on its nonce': async () => {
      const given = await authorize(clients.basic, { parameters: { code_challenge: undefined, code_challenge_method: undefined } });
      assert.ok(await redeem(clients.basic, { ...given, verifier: oauth.nopkce }));
    },

    'pushed authorization request (RFC 9126): confidential and public client, used once': async () => {
      const given = await authorize(clients.basic, { push: true });
      assert.ok(await redeem(clients.basic, given));
      assert.match((await user.visit(given.url)).page, /request URI is unknown, used or expired/);
      assert.ok(await tokensOf(clients.key, { push: true }));
      assert.ok(await tokensOf(clients.public, { push: true, parameters: { redirect_uri: 'http://127.0.0.1:51008/callback' } }));
    },

    'response modes form_post and fragment are asked for by name': async () => {
      assert.ok(await tokensOf(clients.basic, { parameters: { response_mode: 'form_post' } }));
      const url = new URL(as.authorization_endpoint);
      url.search = new URLSearchParams({ client_id: clients.basic.client.client_id, response_type: 'code', redirect_uri: redirectUri, scope: 'openid', response_mode: 'fragment' });
      const { answer } = await user.visit(url);
      assert.ok(oauth.validateAuthResponse(as, clients.basic.client, new URLSearchParams(answer.hash.slice(1)), oauth.expectNoState));
    },

    'userinfo: the claims of the scopes that were allowed, for the subject of the id_token': async () => {
      const tokens = await tokensOf(clients.basic);
      const claims = await userInfo(clients.basic, tokens.access_token, oauth.getValidatedIdTokenClaims(tokens).sub);
      assert.ok(claims.name && claims.email);
      await assert.rejects(userInfo(clients.basic, 'made-up', oauth.skipSubjectCheck), { code: oauth.WWW_AUTHENTICATE_CHALLENGE, status: 401 });
    },

    'refresh with rotation: a new refresh token each time, confidential and public client': async () => {
      for (const [party, parameters] of [[clients.basic], [clients.key], [clients.public, { redirect_uri: 'http://127.0.0.1:51009/callback' }]]) {
        const first = await tokensOf(party, { parameters });
        const second = await refresh(party, first.refresh_token);
        const third = await refresh(party, second.refresh_token);
        assert.equal(new Set([first.refresh_token, second.refresh_token, third.refresh_token]).size, 3);
        assert.equal(oauth.getValidatedIdTokenClaims(third).sub, oauth.getValidatedIdTokenClaims(first).sub);
      }
    },

    'prompt=login and max_age: the user signs in again, and auth_time says when': async () => {
      const given = await authorize(clients.basic, { parameters: { prompt: 'login', max_age: '60' } });
      assert.deepEqual(given.asked, ['/sign-in']);
      assert.ok(await redeem(clients.basic, given, { maxAge: 60 }));
    },

    'client credentials: Basic and form, and a call of the API': async () => {
      for (const authentication of [oauth.ClientSecretBasic(developer.client_secret), oauth.ClientSecretPost(developer.client_secret)]) {
        const response = await oauth.clientCredentialsGrantRequest(as, developer, authentication, { scope: 'tasks:read' }, insecure);
        const { access_token } = await oauth.processClientCredentialsResponse(as, developer, response);
        assert.equal((await oauth.protectedResourceRequest(access_token, 'GET', new URL('/api/tasks', issuer), undefined, undefined, insecure)).status, 200);
      }
    },

    'device authorization (RFC 8628): pending, denied, and by the complete address': async () => {
      const { client, authentication } = clients.public;
      const start = async () => oauth.processDeviceAuthorizationResponse(
        as, client, await oauth.deviceAuthorizationRequest(as, client, authentication, { scope: 'openid profile' }, insecure));
      const poll = async ({ device_code }) => oauth.processDeviceCodeResponse(
        as, client, await oauth.deviceCodeGrantRequest(as, client, authentication, device_code, insecure));
      await assert.rejects(poll(await start()), { error: 'authorization_pending' });

      const denied = await start();
      await user.visit(denied.verification_uri_complete, { choice: 'deny' });
      await assert.rejects(poll(denied), { error: 'access_denied' });

      const allowed = await start();
      await user.visit(allowed.verification_uri_complete);
      assert.ok(oauth.getValidatedIdTokenClaims(await poll(allowed)).sub);
    },

    'DPoP (RFC 9449): client registered for bound tokens, code bound by dpop_jkt, introspection and API': async () => {
      const { client, authentication } = await register(
        { token_endpoint_auth_method: 'client_secret_basic', dpop_bound_access_tokens: true },
        (registered) => oauth.ClientSecretBasic(registered.client_secret));
      assert.equal(client.dpop_bound_access_tokens, true);
      for (const algorithm of ['ES256', 'Ed25519', 'RS256']) {
        const DPoP = oauth.DPoP(client, await oauth.generateKeyPair(algorithm));
        const given = await authorize(
          { client, authentication }, { parameters: { scope: 'openid tasks:read', dpop_jkt: await DPoP.calculateThumbprint() } });
        const grant = async (options) => oauth.processAuthorizationCodeResponse(
          as, client,
          await oauth.authorizationCodeGrantRequest(
            as, client, authentication, given.response, redirectUri, given.verifier, { ...insecure, ...options }),
          { expectedNonce: given.nonce, requireIdToken: true });
        await assert.rejects(grant(), { error: 'invalid_dpop_proof' });
        const tokens = await withNonce(() => grant({ DPoP }));
        assert.equal(tokens.token_type, 'dpop');
        const { token_type, cnf } = await introspect({ client, authentication }, tokens.access_token);
        assert.deepEqual([token_type, cnf], ['DPoP', { jkt: await DPoP.calculateThumbprint() }]);
        const call = (options) => oauth.protectedResourceRequest(
          tokens.access_token, 'GET', new URL('/api/tasks', issuer), undefined, undefined, { ...insecure, ...options });
        assert.equal((await withNonce(() => call({ DPoP }))).status, 200);
        await assert.rejects(call(), { code: oauth.WWW_AUTHENTICATE_CHALLENGE, status: 401 });
      }

      // As the library's documentation has it: once more with the nonce that the server sent.
      async function withNonce(request) {
        try {
          return await request();
        } catch (error) {
          if (!oauth.isDPoPNonceError(error)) {
            throw error;
          }

          return await request();
        }
      }
    },

    'introspection (RFC 7662): own token active, foreign and unknown ones not': async () => {
      const { access_token } = await tokensOf(clients.basic);
      assert.equal((await introspect(clients.basic, access_token)).active, true);
      assert.deepEqual(await introspect(clients.key, access_token), { active: false });
      assert.deepEqual(await introspect(clients.basic, 'made-up'), { active: false });
    },

    'revocation (RFC 7009): access and refresh token, confidential and public client': async () => {
      const { access_token, refresh_token } = await tokensOf(clients.key);
      await revoke(clients.key, refresh_token);
      await assert.rejects(refresh(clients.key, refresh_token), { error: 'invalid_grant' });
      await revoke(clients.key, access_token);
      assert.equal((await introspect(clients.key, access_token)).active, false);
      await revoke(clients.public, 'made-up');
    },

    'errors of the authorization endpoint: access_denied, unsupported_response_type, invalid_request': async () => {
      const refused = async (parameters, error, decisions) =>
        assert.rejects(authorize(clients.basic, { parameters, decisions }), { code: oauth.AUTHORIZATION_RESPONSE_ERROR, error });
      await refused({ prompt: 'consent' }, 'access_denied', { choice: 'deny' });
      await refused({ response_type: 'token' }, 'unsupported_response_type');
      await refused({ code_challenge_method: 'plain' }, 'invalid_request');
      const stranger = await new User(issuer.origin).visit(`${as.authorization_endpoint}?client_id=${clients.basic.client.client_id}&response_type=code&redirect_uri=https://evil.example/`);
      assert.match(stranger.page, /Invalid redirect URI/);
    },

    'errors of the token endpoint: code used twice, another client\'s code, wrong secret': async () => {
      const given = await authorize(clients.basic);
      await assert.rejects(redeem(clients.post, given), { code: oauth.RESPONSE_BODY_ERROR, error: 'invalid_grant', status: 400 });
      const tokens = await redeem(clients.basic, given);
      await assert.rejects(redeem(clients.basic, given), { code: oauth.RESPONSE_BODY_ERROR, error: 'invalid_grant', status: 400 });
      await assert.rejects(userInfo(clients.basic, tokens.access_token, oauth.skipSubjectCheck), { status: 401 });
      for (const authentication of [oauth.ClientSecretBasic('wrong'), oauth.ClientSecretPost('wrong')]) {
        await assert.rejects(redeem({ client: clients.basic.client, authentication }, given), { code: oauth.WWW_AUTHENTICATE_CHALLENGE, status: 401 });
      }
    },

    'RP-initiated logout: with the id_token, back to the client with its state, and signed out': async () => {
      const { id_token } = await tokensOf(clients.basic);
      const url = new URL(as.end_session_endpoint);
      url.search = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: signedOutUri, state: 'xyz' });
      const { answer } = await user.visit(url);
      assert.equal(answer.href, `${signedOutUri}?state=xyz`);
      assert.deepEqual((await authorize(clients.basic)).asked, ['/sign-in']);
    },

    'RP-initiated logout, an application of the Developer page': async () => {
      const application = { client: { client_id: developer.client_id }, authentication: oauth.ClientSecretBasic(developer.client_secret) };
      const { id_token } = await tokensOf(application);
      const url = new URL(as.end_session_endpoint);
      url.search = new URLSearchParams({ id_token_hint: id_token, client_id: developer.client_id, post_logout_redirect_uri: signedOutUri });
      assert.equal((await user.visit(url)).answer.href, signedOutUri);
      assert.deepEqual((await authorize(application)).asked, ['/sign-in']);
    },
  };
}
