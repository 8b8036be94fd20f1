/** The life of a server: how it is told of keys, started, inspected and closed. */
import { describe, expect, test } from 'vitest';
import { insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';
import { createServer } from './server.ts';

const jwtSecret = 'a secret of these tests, long enough';

describe('limits and roles', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('a frame limit of %d is refused', (frameBytesMax) => {
    expect(() => createServer({ jwtSecret, frameBytesMax })).toThrow('frameBytesMax');
  });

  test('roles are copied: what becomes of the object given is no matter of the server (C1)', async () => {
    const match = { role: 'member', sub: '$user' };
    const world = await startTestServer({ roles: { member: { match } } });
    const client = await world.connect('c1', { token: await world.token({ role: 'member', sub: 'ann' }) });
    match.sub = 'ann';
    await client.send({ type: 'updateToken', request: 1, token: await world.token({ role: 'member', sub: 'bob' }) });
    expect(client.closed()).toMatchObject({ type: 'ROLES_MISMATCH' });
  });
});

describe('keys', () => {
  test.each([
    {},
    { jwtSecret, jwks: 'https://example.org/keys' },
    { jwtSecret: '' },
    { jwtSecret: 'x'.repeat(31) },
    { jwks: 'no url' },
    { jwks: 'http://example.org/keys' },
  ])('%j is refused', (options) => {
    expect(() => createServer(options)).toThrow();
  });
});

describe('what is no secret, and what is no rule', () => {
  test.each([null, 7, {}, [], true])('a secret of %j is refused, as plain JavaScript may give it', (secret) => {
    const given: { readonly jwtSecret?: string } = JSON.parse(JSON.stringify({ jwtSecret: secret }));
    expect(() => createServer(given)).toThrow('jwtSecret is no text');
  });

  test.each(['http://localhost:1/keys', 'http://127.0.0.1/keys', 'http://[::1]/keys', 'https://example.org/keys'])(
    'a key set may come from %s',
    (jwks) => {
      expect(() => createServer({ jwks })).not.toThrow();
    },
  );

  test.each([{ audience: '' }, { audience: [] }, { issuer: [''] }, { type: '' }, { maxAgeMs: -1 }, { clockToleranceMs: Number.NaN }])(
    'tokens: %j is refused',
    (tokens) => {
      expect(() => createServer({ jwtSecret, tokens })).toThrow(Object.keys(tokens)[0]);
    },
  );
});

describe('life', () => {
  test('is started once', async () => {
    const world = await startTestServer();
    await expect(world.server.start(1)).rejects.toThrow(/once/);
  });

  test('before and after it runs there is nothing to see', async () => {
    const empty = { version: 0, connections: [], groups: [] };
    expect(createServer({ jwtSecret }).inspect()).toMatchObject(empty);
    const world = await startTestServer();
    await world.connect('c1');
    await world.server.close();
    expect(world.inspect()).toMatchObject(empty);
  });

  test('closing closes every connection for another try, and leaves no timer', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    const silent = world.dial('c2');
    await client.send(subscribeFrame('s1'));
    world.appends.hold();
    await client.send(writeFrame(1, insertion('milk')));
    const closed = world.server.close();
    await world.server.close();
    expect([client.closed(), silent.closed()]).toEqual([
      expect.objectContaining({ type: 'UNKNOWN', retry: true }),
      expect.objectContaining({ type: 'UNKNOWN', retry: true }),
    ]);
    expect(world.dial('c3').closed()).toMatchObject({ retry: true });
    expect(world.timerNames()).toEqual([]);
    world.appends.release();
    await closed;
    expect(world.log).toHaveLength(1);
  });
});
