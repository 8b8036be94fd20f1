/** A server beside other routes, over real sockets: what it takes and what it leaves alone, who may come, and what it tells strangers. */
import { createServer as createHttpServer, get, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { decodeCloseFrame } from '../protocol/codec.ts';
import { createServer, type Server, type ServerOptions } from '../server/server.ts';
import { memoryServerStorage } from '../server/storage.ts';
import { selfMadeCertificate } from '../testing/self-made-certificate.ts';
import { silentLogger } from './loggers.ts';

const jwtSecret = 'a secret of these tests, long enough';
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function make(options: ServerOptions = {}): Server {
  const server = createServer({ jwtSecret, logger: silentLogger, ...options });
  ends.push(() => server.close());
  return server;
}

async function listening(server: HttpServer | HttpsServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** How a stranger that says nonsense fares: the message of the close, or the status with which its upgrade was refused. */
function visit(url: string, options: ClientOptions = {}): Promise<string | number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    socket.on('error', reject);
    socket.on('open', () => socket.send('nonsense'));
    socket.on('close', (_code, reason) => resolve(decodeCloseFrame(reason.toString())?.message));
  });
}

const bodyOf = async (url: string): Promise<readonly [number, string]> => {
  const answer = await fetch(url, { headers: { connection: 'close' } });
  return [answer.status, await answer.text()];
};
const understood = 'a frame must be JSON';

describe('beside a server that was given', () => {
  test('its own routes go on, and it outlives ours', async () => {
    const web = createHttpServer((request, response) => response.end(`page ${request.url}`));
    const port = await listening(web);
    const server = make({ server: web, path: '/sync' });
    expect(await server.start()).toEqual({ port });
    expect(await bodyOf(`http://127.0.0.1:${port}/healthcheck`)).toEqual([200, 'page /healthcheck']);
    expect(await visit(`ws://127.0.0.1:${port}/sync?from=a-query`)).toBe(understood);
    await server.close();
    expect(await bodyOf(`http://127.0.0.1:${port}/after`)).toEqual([200, 'page /after']);
    expect(web.listenerCount('upgrade')).toBe(0);
  });

  test('upgrades to other paths are left to others; where there are none, they are refused', async () => {
    const web = createHttpServer();
    const port = await listening(web);
    await make({ server: web, path: '/sync' }).start();
    expect(await visit(`ws://127.0.0.1:${port}/chat`)).toBe(404);
    web.on('upgrade', (request, socket) => {
      if (request.url === '/chat') socket.end('HTTP/1.1 418 Teapot\r\nConnection: close\r\n\r\n');
    });
    expect(await visit(`ws://127.0.0.1:${port}/chat`)).toBe(418);
    expect(await visit(`ws://127.0.0.1:${port}/sync`)).toBe(understood);
  });

  test('which may speak TLS', async () => {
    const web = createHttpsServer(selfMadeCertificate(), (_request, response) => response.end('page'));
    const port = await listening(web);
    await make({ server: web }).start();
    expect(await visit(`wss://127.0.0.1:${port}`, { rejectUnauthorized: false })).toBe(understood);
  });

  test('two servers share it by their paths', async () => {
    const web = createHttpServer();
    const port = await listening(web);
    const first = make({ server: web, path: '/one' });
    await first.start();
    await make({ server: web, path: '/two', frameBytesMax: 3 }).start();
    expect(await visit(`ws://127.0.0.1:${port}/one`)).toBe(understood);
    expect(await visit(`ws://127.0.0.1:${port}/two`)).toMatch(/frameBytesMax/);
    await first.close();
    expect(await visit(`ws://127.0.0.1:${port}/two`)).toMatch(/frameBytesMax/);
  });

  test('it takes no port, and binds nothing', async () => {
    await expect(make({ server: createHttpServer() }).start(0)).rejects.toThrow(RangeError);
    expect(await make({ server: createHttpServer() }).start()).toEqual({ port: 0 });
    expect(() => make({ server: createHttpServer(), host: '127.0.0.1' })).toThrow(/host/);
    expect(() => make({ server: createHttpServer(), metrics: {} })).toThrow(/metrics/);
  });
});

describe('who may come', () => {
  test('a browser of a foreign origin is refused before anything of the protocol; what is no browser says none', async () => {
    const { port } = await make({ allowedOrigins: ['https://app.example.com'] }).start();
    const from = (origin?: string) => visit(`ws://127.0.0.1:${port}`, origin === undefined ? {} : { origin });
    expect(await from('https://app.example.com')).toBe(understood);
    expect(await from()).toBe(understood);
    for (const origin of [
      'https://evil.example.com',
      'http://app.example.com',
      'https://app.example.com:8443',
      'null',
      'https://app.example.com.evil.example',
    ])
      expect(await from(origin), origin).toBe(403);
  });

  test('without a list any origin may, and no list bars all but what is no browser', async () => {
    const open = await make().start();
    expect(await visit(`ws://127.0.0.1:${open.port}`, { origin: 'https://anywhere.example' })).toBe(understood);
    const shut = await make({ allowedOrigins: [] }).start();
    expect(await visit(`ws://127.0.0.1:${shut.port}`, { origin: 'https://anywhere.example' })).toBe(403);
  });

  test.each(['https://app.example.com/', 'app.example.com', '*', 'https://APP.example.com'])('%s is no origin', (origin) => {
    expect(() => make({ allowedOrigins: [origin] })).toThrow(/allowedOrigins/);
  });

  test('on a server of its own other paths are not there', async () => {
    const { port } = await make({ path: '/sync', host: '127.0.0.1' }).start();
    expect(await visit(`ws://127.0.0.1:${port}/`)).toBe(404);
    expect(await visit(`ws://127.0.0.1:${port}/sync`)).toBe(understood);
    expect(() => make({ path: 'sync' })).toThrow(/path/);
  });

  test('connections of one address are counted together', async () => {
    const { port } = await make({ bounds: { connectionsPerAddressMax: 1 } }).start();
    const first = new WebSocket(`ws://127.0.0.1:${port}`);
    await new Promise((resolve) => first.once('open', resolve));
    expect(await visit(`ws://127.0.0.1:${port}`)).toBe('over connectionsPerAddressMax: 1 connections of one address at most');
    first.terminate();
  });
});

describe('what is told', () => {
  test('a stranger hears the state, and nothing else', async () => {
    const { port } = await make().start();
    expect(await bodyOf(`http://127.0.0.1:${port}/healthcheck`)).toEqual([200, '{"status":"ok"}']);
    expect((await bodyOf(`http://127.0.0.1:${port}/metrics`))[0]).toBe(404);
  });

  test('metrics stand beside the health check where they were asked for, in the text format of Prometheus', async () => {
    const server = make({ metrics: {}, bounds: { connectionsMax: 1 } });
    const { port } = await server.start();
    const first = new WebSocket(`ws://127.0.0.1:${port}`);
    await new Promise((resolve) => first.once('open', resolve));
    await visit(`ws://127.0.0.1:${port}`);
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } });
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    expect(text).toBe(server.metrics());
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        '# TYPE sync_connections gauge',
        'sync_connections 1',
        'sync_connections_accepted 0',
        'sync_send_buffer_bytes 0',
        '# TYPE sync_refusals_total counter',
        'sync_refusals_total{bound="connectionsMax"} 1',
        'sync_refusals_total{bound="rowBytesMax"} 0',
      ]),
    );
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) sync_\w+ .+|sync_\w+(\{bound="\w+"\})? \d+)$/);
    first.terminate();
  });

  test('or on a port of their own, which closes with the server', async () => {
    const free = createHttpServer();
    const metricsPort = await listening(free);
    await ends.pop()?.();
    const server = make({ metrics: { port: metricsPort, path: '/numbers' } });
    const { port } = await server.start();
    expect((await bodyOf(`http://127.0.0.1:${metricsPort}/numbers`))[1]).toMatch(/^sync_serving 1$/m);
    expect((await bodyOf(`http://127.0.0.1:${port}/numbers`))[0]).toBe(404);
    await server.close();
    expect(server.metrics()).toBe('');
    await expect(new Promise((_resolve, reject) => get(`http://127.0.0.1:${metricsPort}/numbers`).once('error', reject))).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });
});

describe('where the log is kept', () => {
  async function warningsOf(options: ServerOptions): Promise<readonly string[]> {
    const warnings: string[] = [];
    const server = make({ ...options, logger: { ...silentLogger, warn: (message) => warnings.push(message) } });
    await server.start(0);
    return warnings;
  }

  test('in memory over real sockets, which is said once', async () => {
    expect(await warningsOf({})).toEqual([expect.stringContaining('kept in memory')]);
  });

  test('in a storage that was given, or without sockets, where nothing is said', async () => {
    const listener = { listen: async () => ({ port: 0, close: async () => {} }) };
    expect(await warningsOf({ storage: memoryServerStorage() })).toEqual([]);
    expect(await warningsOf({ runtime: { listener } })).toEqual([]);
  });
});
