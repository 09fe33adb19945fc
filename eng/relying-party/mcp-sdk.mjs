import assert from 'node:assert/strict';
import { auth, extractWWWAuthenticateParams, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { withOAuth } from '@modelcontextprotocol/sdk/client/middleware.js';

/** @returns {Record<string, () => Promise<void>>} the flows, in the order in which they build on each other */
export function flows({ issuer, user }) {
  const api = new URL('/api', issuer);
  const tasks = new URL('/api/tasks', issuer);
  const projects = new URL('/api/projects', issuer);

  /** What an MCP client keeps (OAuthClientProvider): its registration, tokens, code verifier and state, as the SDK hands them over. */
  class Storage {
    redirectUrl = 'http://127.0.0.1:51020/callback';
    clientMetadata;
    #state = crypto.randomUUID();

    constructor(metadata = {}) {
      this.clientMetadata = { client_name: 'MCP client', redirect_uris: [this.redirectUrl], grant_types: ['authorization_code', 'refresh_token'], ...metadata };
    }

    state() { return this.#state; }
    clientInformation() { return this.client; }
    saveClientInformation(client) { this.client = client; }
    tokens() { return this.kept; }
    saveTokens(tokens) { this.kept = tokens; }
    codeVerifier() { return this.verifier; }
    saveCodeVerifier(verifier) { this.verifier = verifier; }
    redirectToAuthorization(url) { this.opened = url; }

    invalidateCredentials(which) {
      if (which === 'all') {
        this.client = undefined;
      }

      this.kept = undefined;
    }
  }

  const call = (storage, url, method = 'GET', body) => fetch(url, {
    method,
    headers: { ...(storage?.kept && { authorization: `Bearer ${storage.kept.access_token}` }), ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });

  const create = (storage) => call(storage, projects, 'POST', { name: 'By an MCP client', description: 'Beside its tasks' });

  /** What the API answers a client that is not, or not sufficiently, authorized. */
  async function challengeOf(response, status) {
    assert.equal(response.status, status);
    return extractWWWAuthenticateParams(response);
  }

  /** `auth()` until the user is needed, their decision, and `auth()` with the code they came back with. */
  async function authorize(storage, options) {
    assert.equal(await auth(storage, { serverUrl: api, ...options }), 'REDIRECT');
    const { answer, asked } = await user.visit(storage.opened);
    assert.equal(answer.searchParams.get('state'), storage.state());
    assert.equal(await auth(storage, { serverUrl: api, ...options, authorizationCode: answer.searchParams.get('code') }), 'AUTHORIZED');
    return asked;
  }

  const plain = new Storage();
  const lasting = new Storage({ token_endpoint_auth_method: 'none' });

  return {
    'from the API\'s 401 alone: its metadata, the server\'s, registration, resource, PKCE, consent, a call': async () => {
      const challenge = await challengeOf(await call(plain, tasks), 401);
      assert.equal(challenge.resourceMetadataUrl.href, new URL('/.well-known/oauth-protected-resource/api', issuer).href);
      assert.equal(challenge.scope, 'tasks:read');

      assert.deepEqual((await authorize(plain, challenge)).at(-1), '/consent');
      const asked = plain.opened.searchParams;
      assert.equal(plain.client.scope, 'tasks:read');
      assert.equal(asked.get('resource'), api.href);
      assert.equal(asked.get('code_challenge_method'), 'S256');
      assert.equal(plain.kept.scope ?? asked.get('scope'), 'tasks:read');
      assert.equal((await call(plain, tasks)).status, 200);
    },

    'step-up: the API\'s insufficient_scope, the same client asks for more, and the user sees what is new': async () => {
      const before = plain.client.client_id;
      const challenge = await challengeOf(await create(plain), 403);
      assert.equal(challenge.error, 'insufficient_scope');
      assert.equal(challenge.scope, 'tasks:write');

      // The challenge names what is missing (RFC 6750 section 3.1); keeping what it had is the client's part.
      const asked = await authorize(plain, { ...challenge, scope: `${plain.client.scope} ${challenge.scope}` });
      assert.deepEqual(asked, ['/consent']);
      assert.equal(plain.client.client_id, before);
      assert.equal(plain.client.scope, 'tasks:read');
      assert.equal((await create(plain)).status, 201);
      assert.equal((await call(plain, tasks)).status, 200);
    },

    'without a challenge, from the API\'s address: all that its metadata name': async () => {
      const storage = new Storage({ token_endpoint_auth_method: 'client_secret_post' });
      await authorize(storage);
      assert.equal(storage.client.token_endpoint_auth_method, 'client_secret_post');
      assert.equal(storage.opened.searchParams.get('scope'), 'tasks:read tasks:write');
      assert.equal(storage.opened.searchParams.get('resource'), api.href);
      assert.equal((await create(storage)).status, 201);

      // An address below it has no metadata of its own, and those of the origin are the MCP server's.
      await assert.rejects(authorize(new Storage(), { serverUrl: tasks }), /does not match expected/);
    },

    'refresh: for the same resource, rotated, without the user; a public client': async () => {
      await authorize(lasting, { scope: 'offline_access tasks:read' });
      const first = lasting.kept;
      assert.equal(lasting.client.client_secret, undefined);
      assert.equal(await auth(lasting, { serverUrl: api }), 'AUTHORIZED');
      assert.notEqual(lasting.kept.access_token, first.access_token);
      assert.notEqual(lasting.kept.refresh_token, first.refresh_token);
      assert.equal((await call(lasting, tasks)).status, 200);
    },

    'step-up with a refresh token: the SDK refreshes, which never widens; without it the user is asked': async () => {
      const challenge = await challengeOf(await create(lasting), 403);
      const scope = `offline_access tasks:read ${challenge.scope}`;
      assert.equal(await auth(lasting, { serverUrl: api, ...challenge, scope }), 'AUTHORIZED');
      assert.equal((await create(lasting)).status, 403);

      lasting.invalidateCredentials('tokens');
      await authorize(lasting, { ...challenge, scope });
      assert.equal((await create(lasting)).status, 201);
    },

    'a refresh token that is revoked: the SDK forgets it, and asks the user again': async () => {
      const revoked = await fetch(new URL('/oauth2/revoke', issuer), {
        method: 'POST',
        body: new URLSearchParams({ client_id: lasting.client.client_id, token: lasting.kept.refresh_token }),
      });
      assert.equal(revoked.status, 200);
      await authorize(lasting, { scope: 'offline_access tasks:read' });
      assert.equal((await call(lasting, tasks)).status, 200);
    },

    'a registration that is gone: the SDK registers anew, and asks the user again': async () => {
      // The SDK keeps of the answer what RFC 7591 has and drops what RFC 7592 adds, so its clients cannot delete themselves.
      const answers = [];
      const fetchFn = async (url, init) => {
        const response = await fetch(url, init);
        if (new URL(url).pathname === '/oauth2/register') {
          answers.push(await response.clone().json());
        }

        return response;
      };
      const storage = new Storage();
      const options = { scope: 'offline_access tasks:read', fetchFn };
      await authorize(storage, options);
      assert.equal(storage.client.registration_access_token, undefined);

      const [{ client_id, registration_client_uri, registration_access_token }] = answers;
      const deleted = await fetch(registration_client_uri, { method: 'DELETE', headers: { authorization: `Bearer ${registration_access_token}` } });
      assert.equal(deleted.status, 204);
      await authorize(storage, options);
      assert.notEqual(storage.client.client_id, client_id);
      assert.equal((await call(storage, tasks)).status, 200);
    },

    'the SDK\'s fetch: authorizes by itself, and repeats the call with the token': async () => {
      const storage = new Storage();
      const fetched = withOAuth(storage, api)(fetch);
      await assert.rejects(fetched(tasks), UnauthorizedError);
      const { answer } = await user.visit(storage.opened);
      assert.equal(await auth(storage, { serverUrl: api, authorizationCode: answer.searchParams.get('code') }), 'AUTHORIZED');
      assert.equal((await fetched(tasks)).status, 200);
    },
  };
}
