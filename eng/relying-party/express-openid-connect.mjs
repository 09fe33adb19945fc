import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import openIdConnect from 'express-openid-connect';

/** @returns {Record<string, () => Promise<void>>} the flow of a web site: it keeps a session of its own beside Taskmaster's */
export function flows({ issuer, user }) {
  /** A web site that greets its user; the middleware adds /login, /callback and /logout. */
  function siteOf(client, address, response) {
    const site = express();
    site.use(openIdConnect.auth({
      issuerBaseURL: issuer.origin,
      baseURL: address,
      clientID: client.client_id,
      clientSecret: client.client_secret,
      secret: crypto.randomUUID(),
      authRequired: false,
      idpLogout: true,
      routes: { postLogoutRedirect: '/goodbye' },
      authorizationParams: { scope: 'openid profile email', ...response },
    }));
    site.get('/', (request, answer) => answer.send(request.oidc.isAuthenticated() ? request.oidc.user.email : 'Nobody'));
    return site;
  }

  async function register(address) {
    const response = await fetch(new URL('/oauth2/register', issuer), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: 'A web site', redirect_uris: [`${address}/callback`], post_logout_redirect_uris: [`${address}/goodbye`] }),
    });
    assert.equal(response.status, 201);
    return response.json();
  }

  /** The cookies that the user's browser keeps for the web site, and what it shows or where it leads. */
  function browserAt(address) {
    const cookies = new Map();
    return async (path, body) => {
      const headers = { cookie: [...cookies].map((cookie) => cookie.join('=')).join('; ') };
      const response = await fetch(new URL(path, address), { method: body === undefined ? 'GET' : 'POST', body, headers, redirect: 'manual' });
      for (const cookie of response.headers.getSetCookie()) {
        const [name, ...value] = cookie.split(';')[0].split('=');
        cookies.set(name, value.join('='));
      }

      return response.headers.get('location') ?? await response.text();
    };
  }

  async function signInAndOut(response) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const address = `http://127.0.0.1:${server.address().port}`;
      server.on('request', siteOf(await register(address), address, response));
      const browse = browserAt(address);
      const signIn = async () => {
        const { answer, asked } = await user.visit(await browse('/login'));
        await (answer instanceof Request ? browse(answer.url, new URLSearchParams(await answer.text())) : browse(answer));
        return asked;
      };

      await signIn();
      assert.match(await browse('/'), /@/);

      const { answer, asked } = await user.visit(await browse('/logout'));
      assert.equal(answer.href, `${address}/goodbye`);
      assert.deepEqual(asked, []);
      assert.equal(await browse('/'), 'Nobody');
      assert.deepEqual((await signIn())[0], '/sign-in');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  return {
    'sign-in and RP-initiated logout of a web site, response by form_post: signed out there and here': () =>
      signInAndOut({ response_type: 'code', response_mode: 'form_post' }),

    'sign-in and RP-initiated logout of a web site, response in the query': () =>
      signInAndOut({ response_type: 'code', response_mode: 'query' }),
  };
}
