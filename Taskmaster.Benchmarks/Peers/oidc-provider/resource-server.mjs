// A resource server beside the provider, as one writes it: introspect the token (RFC 7662), then ask Postgres.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import pg from 'pg';

const {
  PORT, API_PORT, API_TLS_PORT, CERTIFICATE, CERTIFICATE_KEY, CLIENT_ID, CLIENT_SECRET,
  POSTGRES_PORT, POSTGRES_DATABASE, TASKS_QUERY, OWNER,
} = process.env;
const pool = new pg.Pool({ host: '127.0.0.1', port: Number(POSTGRES_PORT), user: 'postgres', database: POSTGRES_DATABASE, max: 16 });
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');

function introspect(token) {
  const body = `token=${encodeURIComponent(token)}`;
  return new Promise((resolve, reject) => {
    const request = http.request({
      agent,
      host: '127.0.0.1',
      port: Number(PORT),
      method: 'POST',
      path: '/oauth2/introspect',
      headers: {
        authorization: `Basic ${basic}`,
        'content-length': Buffer.byteLength(body),
        'content-type': 'application/x-www-form-urlencoded',
      },
    }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve(JSON.parse(text)));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function answer(request, response) {
  if (request.url === '/health') {
    response.end('Healthy');
    return;
  }

  const token = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  if (!token || !(await introspect(token)).active) {
    response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end();
    return;
  }

  // Named: prepared once, which is the best pg can do.
  const { rows } = await pool.query({ name: 'tasks', text: TASKS_QUERY, values: [OWNER] });
  const json = JSON.stringify(rows);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }).end(json);
}

function listener(request, response) {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
}

http.createServer(listener).listen(Number(API_PORT), '127.0.0.1');
https.createServer({ cert: readFileSync(CERTIFICATE), key: readFileSync(CERTIFICATE_KEY) }, listener)
  .listen(Number(API_TLS_PORT), '127.0.0.1');
