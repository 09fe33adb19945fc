/**
 * A person whose browser has no JavaScript: it keeps cookies, follows redirects inside Taskmaster and fills in the
 * pages' forms.
 */
export class User {
  #origin;
  #email;
  #password;
  #cookies = new Map();

  constructor(origin, email, password) {
    this.#origin = origin;
    this.#email = email;
    this.#password = password;
  }

  /**
   * Opens an address of Taskmaster and does what the pages ask, until there is nothing to fill in any more.
   * @param {string | URL} address
   * @param {{ choice?: 'allow' | 'deny', userCode?: string }} decisions
   * @returns {Promise<{ answer?: URL | Request, page?: string, asked: string[] }>} what a client receives, or the page
   * the visit ends on, and the paths of the pages that asked for something
   */
  async visit(address, { choice = 'allow', userCode } = {}) {
    const typed = {
      '/sign-in': { Email: this.#email, Password: this.#password },
      '/consent': { choice },
      '/oauth2/verify': { choice },
      '/sign-out': {},
    };
    const asked = [];
    let url = new URL(address);
    let response = await this.#send(url);
    for (;;) {
      if (response.headers.has('location')) {
        url = new URL(response.headers.get('location'), url);
        if (url.origin !== this.#origin) {
          return { answer: url, asked };
        }

        response = await this.#send(url);
        continue;
      }

      const page = await response.text();
      const form = formOf(page);
      if (!form || response.status >= 400) {
        return { page, asked };
      }

      const target = new URL(form.action || url, url);
      if (target.origin !== this.#origin) {
        return { answer: new Request(target, { method: 'POST', body: new URLSearchParams(form.fields) }), asked };
      }

      asked.push(url.pathname);
      const code = form.asksForCode ? { user_code: userCode } : typed[url.pathname];
      url = target;
      response = await this.#send(url, new URLSearchParams({ ...form.fields, ...code }));
    }
  }

  async #send(url, body) {
    const headers = { accept: 'text/html', cookie: [...this.#cookies].map((cookie) => cookie.join('=')).join('; ') };
    const response = await fetch(url, { method: body ? 'POST' : 'GET', headers, body, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, ...value] = cookie.split(';')[0].split('=');
      this.#cookies.set(name, value.join('='));
    }

    return response;
  }
}

function formOf(page) {
  const form = /<form([^>]*)>(.*?)<\/form>/s.exec(page);
  if (!form) {
    return undefined;
  }

  const inputs = [...form[2].matchAll(/<input[^>]*>/g)].map(([input]) => input);
  const hidden = inputs.filter((input) => attribute(input, 'type') === 'hidden');
  return {
    action: attribute(form[1], 'action'),
    fields: Object.fromEntries(hidden.map((input) => [attribute(input, 'name'), attribute(input, 'value') ?? ''])),
    asksForCode: inputs.some((input) => attribute(input, 'name') === 'user_code' && !hidden.includes(input)),
  };
}

function attribute(tag, name) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, word) =>
      word ? named[word] : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)));
}
