/**
 * What a page does with oidc-client-ts, as its documentation shows it. Everything it says goes into the output element, from
 * which the test reads it. Nothing but the address of Taskmaster and the client ID is configured: the rest is discovered.
 */
const settings = await (await fetch('/settings.json')).json();
const manager = new oidc.UserManager({
  ...settings,
  redirect_uri: `${location.origin}/callback`,
  post_logout_redirect_uri: `${location.origin}/signed-out`,
  scope: 'openid profile offline_access tasks:read tasks:write',
  loadUserInfo: true,
  revokeTokensOnSignout: true,
});

const say = (text) => { document.getElementById('said').textContent = text; };
const on = (id, action) => document.getElementById(id).addEventListener('click', async () => {
  try {
    await action();
  } catch (error) {
    say(`failed: ${error}`);
  }
});

on('sign-in', () => manager.signinRedirect());

// With a refresh token that is a request of the token endpoint and no frame.
on('refresh', async () => {
  const before = await manager.getUser();
  const after = await manager.signinSilent();
  say(before.access_token !== after.access_token && before.refresh_token !== after.refresh_token ? 'refreshed' : 'the same tokens');
});

on('call', async () => {
  const { access_token } = await manager.getUser();
  const call = (method, path, body, token = access_token) => fetch(`${settings.authority}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }) },
    body: body && JSON.stringify(body),
  });
  const project = await (await call('POST', '/api/projects', { name: 'From a browser', description: 'Another origin' })).json();
  const renamed = await call('PUT', `/api/projects/${project.id}`, { name: 'Renamed', description: 'Another origin' });
  const listed = await (await call('GET', '/api/projects')).json();
  const removed = await call('DELETE', `/api/projects/${project.id}`);
  const refused = await call('GET', '/api/projects', undefined, 'made-up');
  say([listed.map(({ name }) => name), renamed.headers.get('etag') !== null, removed.status, refused.status, refused.headers.get('www-authenticate') !== null].join(' '));
});

on('sign-out', () => manager.signoutRedirect());

if (location.pathname === '/callback') {
  try {
    const { profile } = await manager.signinCallback();
    say(`signed in as ${profile.name}`);
  } catch (error) {
    say(`failed: ${error}`);
  }
} else {
  say(location.pathname === '/signed-out' ? 'signed out' : 'ready');
}
