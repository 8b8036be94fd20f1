/** How connections begin and how their tokens are replaced (S3, S6, S11), over fake connections. */
import { describe, expect, test } from 'vitest';
import { insertion, startTestServer, writeFrame } from '../testing/server-environment.ts';

const roles = { member: { match: { role: 'member', sub: '$user' } }, guest: { match: { role: 'guest' } } };

describe('hello', () => {
  test('a good token is accepted, with the version', async () => {
    const world = await startTestServer();
    const client = world.dial('c1');
    expect(world.inspect().connections).toEqual([]);
    await client.send({ type: 'hello', versions: [1, 2], secret: 'a', answered: 0, token: await world.token() });
    expect(client.received).toMatchObject([{ type: 'accepted', version: 0 }]);
    expect(world.inspect().connections).toEqual(['c1']);
    expect(world.completions.names).toEqual(['verify of c1']);
  });

  test('a bad token closes the connection, an expired one by its own name', async () => {
    const world = await startTestServer();
    const bad = await world.connect('c1', { token: 'x.y.z' });
    expect(bad.closed()).toEqual({ type: 'UNAUTHORIZED', retry: false });
    const late = await world.connect('c2', { token: await world.token({}, 0) });
    expect(late.closed()).toEqual({ type: 'TOKEN_EXPIRED', retry: false });
    expect([...bad.received, ...late.received]).toEqual([]);
    expect(world.inspect().connections).toEqual([]);
    expect(world.timerNames()).toEqual([]);
  });

  test('a protocol version that is not spoken here is refused for good', async () => {
    const world = await startTestServer();
    const client = world.dial('c1');
    await client.send({ type: 'hello', versions: [0, 1], secret: 'a', answered: 0, token: await world.token() });
    expect(client.closed()).toEqual({ type: 'INTERNAL_ERROR', retry: false, message: expect.stringContaining('not 0, 1') });
  });

  test('nothing goes before it, and there is no second one', async () => {
    const world = await startTestServer();
    const early = world.dial('c1');
    await early.send({ type: 'ping' });
    expect(early.closed()).toEqual({ type: 'INTERNAL_ERROR', retry: false, message: expect.stringContaining('begins with hello') });
    const twice = await world.connect('c2');
    await twice.send({ type: 'hello', versions: [2], secret: 'a', answered: 0, token: await world.token() });
    expect(twice.closed()).toEqual({ type: 'INTERNAL_ERROR', retry: false, message: expect.stringContaining('once') });
  });

  test('what is no frame closes with the reason, and only that connection', async () => {
    const world = await startTestServer();
    const other = await world.connect('c1');
    const client = await world.connect('c2');
    await client.sendText('{"type":"jump"}');
    expect(client.closed()).toEqual({ type: 'INTERNAL_ERROR', retry: false, message: 'unknown frame type "jump"' });
    expect(other.closed()).toBeUndefined();
  });

  test('what is no text closes for good at its turn: what came before is heard, what comes after is not', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    world.appends.hold();
    await client.send(writeFrame(1, insertion('milk')));
    await client.sendBinary();
    await client.send(writeFrame(2, insertion('bread')));
    expect(client.closed()).toBeUndefined();
    world.appends.release();
    await world.settle();
    expect(client.fresh().map(({ type }) => type)).toEqual(['acknowledged', 'progress']);
    expect(client.closed()).toEqual({ type: 'INTERNAL_ERROR', retry: false, message: 'A frame is text.' });
    expect(world.log).toHaveLength(1);
  });

  test('a megabyte of nonsense is answered, and logged, in a few words', async () => {
    const logged: string[] = [];
    const world = await startTestServer({ logger: { debug() {}, info: (message) => logged.push(message), warn() {}, error() {} } });
    const client = await world.connect('c1');
    await client.sendText(JSON.stringify({ type: 'x'.repeat(1_000_000) }));
    expect(client.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: false, message: expect.stringContaining('xxx') });
    expect(Math.max(...logged.map(({ length }) => length))).toBeLessThan(200);
  });

  test('a client may have a second connection while an old one lingers', async () => {
    const world = await startTestServer();
    await world.connect('c1', { secret: 'a' });
    await world.connect('c1', { secret: 'a' });
    expect(world.inspect().connections).toEqual(['c1', 'c1']);
  });

  test('a key set that cannot be fetched closes for another try', async () => {
    const world = await startTestServer({ jwks: () => Promise.reject(new Error('no network')) });
    const header = Buffer.from('{"alg":"ES256","kid":"k1"}').toString('base64url');
    const client = await world.connect('c1', { token: `${header}.e30.AA` });
    expect(client.closed()).toEqual({ type: 'INTERNAL_ERROR', retry: true, message: expect.stringContaining('key set') });
  });

  test('frames wait until the token is judged, and are dropped when it is refused', async () => {
    const world = await startTestServer();
    world.completions.hold();
    const good = await world.connect('c1');
    const bad = await world.connect('c2', { token: 'x.y.z' });
    await good.send({ type: 'ping' });
    await bad.send({ type: 'ping' });
    expect(good.received).toEqual([]);
    world.completions.release();
    await world.settle();
    expect(good.received.map(({ type }) => type)).toEqual(['accepted', 'pong']);
    expect(bad.received).toEqual([]);
  });

  test('a connection that ends while its token is judged leaves nothing', async () => {
    const world = await startTestServer();
    world.completions.hold();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    await client.leave();
    world.completions.release();
    await world.settle();
    expect(client.received).toEqual([]);
    expect(client.closed()).toBeUndefined();
    expect(world.timerNames()).toEqual([]);
    expect(world.inspect().connections).toEqual([]);
  });

  test('time is judged when the signature is', async () => {
    const world = await startTestServer();
    world.completions.hold();
    const client = await world.connect('c1', { token: await world.token({}, 5000) });
    await world.advance(5000);
    world.completions.release();
    await world.settle();
    expect(client.closed()).toEqual({ type: 'TOKEN_EXPIRED', retry: false });
  });
});

describe('a token update', () => {
  test('a good token is accepted in-band, a bad one refused, and the connection lives on', async () => {
    const world = await startTestServer({ roles });
    const client = await world.connect('c1', { token: await world.token({ role: 'guest' }, 5000) });
    await client.send({ type: 'updateToken', request: 1, token: 'x.y.z' });
    await client.send({ type: 'updateToken', request: 2, token: await world.token({ role: 'guest' }, 0) });
    await client.send({ type: 'updateToken', request: 3, token: await world.token({ role: 'guest', plan: 'paid' }, 9000) });
    expect(client.fresh()).toEqual([
      { type: 'tokenRefused', request: 1, reason: 'UNAUTHORIZED' },
      { type: 'tokenRefused', request: 2, reason: 'TOKEN_EXPIRED' },
      { type: 'tokenAccepted', request: 3 },
    ]);
    await world.advance(8999);
    expect(client.closed()).toBeUndefined();
    await world.advance(1);
    expect(client.closed()).toEqual({ type: 'TOKEN_EXPIRED', retry: false });
  });

  test.each([
    ['another role', { role: 'guest', sub: 'ann' }],
    ['the same role bound otherwise', { role: 'member', sub: 'bob' }],
  ])('%s closes the connection', async (_name, claims) => {
    const world = await startTestServer({ roles });
    const client = await world.connect('c1', { token: await world.token({ role: 'member', sub: 'ann' }) });
    await client.send({ type: 'updateToken', request: 1, token: await world.token(claims) });
    expect(client.closed()).toEqual({ type: 'ROLES_MISMATCH', retry: false });
    expect(client.fresh()).toEqual([]);
  });

  test('is counted', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1');
    await client.send({ type: 'updateToken', request: 2, token: await world.token() });
    expect(client.closed()).toMatchObject({ type: 'INTERNAL_ERROR', retry: false });
  });

  test('the old token may expire while the new one is judged', async () => {
    const world = await startTestServer();
    const client = await world.connect('c1', { token: await world.token({}, 1000) });
    world.completions.hold();
    await client.send({ type: 'updateToken', request: 1, token: await world.token({}, 9000) });
    await world.advance(1000);
    expect(client.closed()).toEqual({ type: 'TOKEN_EXPIRED', retry: false });
    world.completions.release();
    await world.settle();
    expect(client.fresh()).toEqual([]);
    expect(world.timerNames()).toEqual([]);
  });
});
