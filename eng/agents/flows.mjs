import assert from 'node:assert/strict';

/** @returns {Record<string, () => Promise<string | void>>} the flows, in the order in which they build on each other */
export function flows({ issuer, user, library: { Client, StreamableHTTPClientTransport, UnauthorizedError } }) {
  const server = new URL('/mcp', issuer);

  /** What a client keeps (OAuthClientProvider), and where it sends its user. */
  class Storage {
    redirectUrl = 'http://127.0.0.1:51021/callback';
    clientMetadata = {
      client_name: 'An agent',
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    };
    #state = crypto.randomUUID();

    state() { return this.#state; }
    clientInformation() { return this.client; }
    saveClientInformation(client) { this.client = client; }
    tokens() { return this.kept; }
    saveTokens(tokens) { this.kept = tokens; }
    codeVerifier() { return this.verifier; }
    saveCodeVerifier(verifier) { this.verifier = verifier; }
    redirectToAuthorization(url) { this.opened = url; }
    discoveryState() { return this.discovered; }
    saveDiscoveryState(state) { this.discovered = state; }

    invalidateCredentials(which) {
      if (which === 'all' || which === 'client') this.client = undefined;
      if (which !== 'client') this.kept = undefined;
    }
  }

  // The newest revision that both speak; the first generation of the SDK passes over what it does not know.
  const newClient = () => new Client({ name: 'an-agent', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });

  const transportOf = (storage) => new StreamableHTTPClientTransport(server, { authProvider: storage });

  /** The user decides about what the client asked for, and the client comes back with the code. */
  async function letIn(storage, transport) {
    const { answer, asked } = await user.visit(storage.opened);
    assert.equal(answer.searchParams.get('state'), storage.state());
    assert.equal(answer.searchParams.get('iss'), issuer.origin);
    await transport.finishAuth(answer.searchParams.get('code'), answer.searchParams.get('iss'));
    return asked;
  }

  async function connect(storage) {
    const client = newClient();
    await client.connect(transportOf(storage));
    return client;
  }

  const textOf = (result) => result.content.map((part) => part.text).join('\n');
  const agent = new Storage();

  return {
    'from the address alone: discovery, registration, PKCE, resource, consent, and the tools': async () => {
      const transport = transportOf(agent);
      await assert.rejects(newClient().connect(transport), UnauthorizedError);
      assert.equal(agent.opened.searchParams.get('resource'), server.href);
      assert.equal(agent.opened.searchParams.get('code_challenge_method'), 'S256');
      assert.match(agent.opened.searchParams.get('scope'), /^tasks:read\b/);
      assert.equal((await letIn(agent, transport)).at(-1), '/consent');

      const client = await connect(agent);
      assert.equal(client.getServerVersion().name, 'taskmaster');
      const names = (await client.listTools()).tools.map((tool) => tool.name);
      assert.ok(names.includes('create_task') && names.includes('list_changes'), names.join());
      const { structuredContent } = await client.callTool({ name: 'list_tasks', arguments: {} });
      assert.ok(Array.isArray(structuredContent.tasks));
      assert.equal(structuredContent.next_cursor, null);
      const revision = client.getNegotiatedProtocolVersion?.() ?? client.transport.protocolVersion;
      await client.close();
      return revision;
    },

    'step-up: a tool that changes is refused, the user sees what is new, and the task is made': async () => {
      const client = newClient();
      const transport = transportOf(agent);
      await client.connect(transport);
      const project = { name: 'create_project', arguments: { name: 'By an agent', description: 'Beside its tasks' } };
      agent.opened = undefined;
      await assert.rejects(client.callTool(project), UnauthorizedError);
      assert.deepEqual(new Set(agent.opened.searchParams.get('scope').split(' ')).has('tasks:write'), true);
      assert.equal((await letIn(agent, transport)).at(-1), '/consent');

      const again = await connect(agent);
      const { structuredContent: { id } } = await again.callTool(project);
      const made = await again.callTool({
        name: 'create_task',
        arguments: { title: 'Made by an agent', description: 'With the second consent', project_id: id },
      });
      assert.equal(made.structuredContent.task.status, 'todo');
      const done = await again.callTool({
        name: 'complete_task', arguments: { task_id: made.structuredContent.task.id, version: made.structuredContent.version },
      });
      assert.equal(done.structuredContent.task.status, 'done');
      await again.close();
    },

    'resources and prompts: the task is attached as data': async () => {
      const client = await connect(agent);
      const { resources } = await client.listResources();
      assert.deepEqual(resources.map((resource) => resource.uri).sort(), ['taskmaster://projects', 'taskmaster://tasks/open']);
      const { contents: [{ text }] } = await client.readResource({ uri: 'taskmaster://projects' });
      assert.equal(JSON.parse(text).projects[0].name, 'By an agent');
      const { messages } = await client.getPrompt({ name: 'plan_my_day', arguments: {} });
      assert.equal(messages[0].content.type, 'resource');
      await client.close();
    },

    'what is wrong with a call is said in words that name it': async () => {
      const client = await connect(agent);
      const result = await client.callTool({ name: 'list_tasks', arguments: { limit: 1000 } });
      assert.equal(result.isError, true);
      assert.match(textOf(result), /^limit: /);
      await client.close();
    },

    'an access token that is no good any more is replaced, and the user is not asked again': async () => {
      const before = agent.kept;
      agent.kept = { ...before, access_token: 'expired-long-ago' };
      agent.opened = undefined;
      if (before.refresh_token) {
        const client = await connect(agent);
        await client.callTool({ name: 'list_projects', arguments: {} });
        assert.equal(agent.opened, undefined);
        assert.notEqual(agent.kept.refresh_token, before.refresh_token);
        await client.close();
        return 'by its refresh token';
      }

      const transport = transportOf(agent);
      await assert.rejects(newClient().connect(transport), UnauthorizedError);
      assert.deepEqual(await letIn(agent, transport), []);
      await (await connect(agent)).close();
      return 'by a new code, because it never asks for offline_access';
    },

    'revoked: the next call is refused, and the user is asked again': async () => {
      const client = await connect(agent);
      const revoked = await fetch(new URL('/oauth2/revoke', issuer), {
        method: 'POST',
        body: new URLSearchParams({ client_id: agent.client.client_id, token: agent.kept.refresh_token ?? agent.kept.access_token }),
      });
      assert.equal(revoked.status, 200);
      await assert.rejects(client.callTool({ name: 'list_projects', arguments: {} }), UnauthorizedError);
      await client.close();
    },
  };
}
