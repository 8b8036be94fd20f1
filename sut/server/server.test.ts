/** The life of a server: how it is told of keys, started, inspected and closed. */
import { describe, expect, test } from 'vitest';
import { insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';
import { createServer } from './server.ts';

describe('keys', () => {
  test.each([{}, { jwtSecret: 'a', jwks: 'https://example.org/keys' }, { jwtSecret: '' }, { jwks: 'no url' }])(
    '%j is refused',
    (options) => {
      expect(() => createServer(options)).toThrow();
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
    expect(createServer({ jwtSecret: 'secret' }).inspect()).toMatchObject(empty);
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
    await world.server.close();
    await world.server.close();
    expect([client.closed(), silent.closed()]).toEqual([
      expect.objectContaining({ type: 'UNKNOWN', retry: true }),
      expect.objectContaining({ type: 'UNKNOWN', retry: true }),
    ]);
    expect(world.dial('c3').closed()).toMatchObject({ retry: true });
    expect(world.timerNames()).toEqual([]);
    world.appends.release();
    await world.settle();
    expect(world.log).toHaveLength(1);
  });
});
