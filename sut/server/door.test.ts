/** Connections over a bound (B5): who gives way, who is counted, and how long a hello is waited for. */
import { describe, expect, test } from 'vitest';
import { boundsOf } from '../protocol/bounds.ts';
import { startTestServer } from '../testing/server-environment.ts';
import { createDoor } from './door.ts';

const over = (message: string) => ({ type: 'LIMIT_EXCEEDED', retry: true, message });
const full = over('over connectionsMax: 2 connections of the server at most');

describe('connections', () => {
  test('the newest gives way, also to those that have not said hello', async () => {
    const world = await startTestServer({ bounds: { connectionsMax: 2 } });
    const first = await world.connect('c1');
    const silent = world.dial('silent');
    const third = world.dial('third');
    expect([first.closed(), silent.closed(), third.closed()]).toEqual([undefined, undefined, full]);
    await third.sendText('anything');
    expect(third.received).toEqual([]);
    expect(world.timerNames().filter((name) => name.endsWith('third'))).toEqual([]);
  });

  test('a place is free once its connection is over, however it ends; who is turned away takes none', async () => {
    const world = await startTestServer({ bounds: { connectionsMax: 2 } });
    const leaving = await world.connect('c1');
    const rude = await world.connect('c2');
    for (const name of ['a', 'b', 'c']) expect(world.dial(name).closed()).toEqual(full);
    await leaving.leave();
    await leaving.leave();
    await rude.sendText('nonsense');
    expect(world.dial('d').closed()).toBeUndefined();
    expect(world.dial('e').closed()).toBeUndefined();
    expect(world.dial('f').closed()).toEqual(full);
  });

  test('those of one address are counted apart; those of no known address are counted with none', async () => {
    const world = await startTestServer({ bounds: { connectionsPerAddressMax: 1 } });
    const first = world.dial('first', '192.0.2.1');
    expect(world.dial('second', '192.0.2.1').closed()).toEqual(over('over connectionsPerAddressMax: 1 connections of one address at most'));
    expect(world.dial('other', '192.0.2.2').closed()).toBeUndefined();
    for (const name of ['x', 'y']) expect(world.dial(name).closed()).toBeUndefined();
    await first.leave();
    expect(world.dial('third', '192.0.2.1').closed()).toBeUndefined();
  });

  test('nothing is kept of an address that nobody comes from any more', () => {
    const door = createDoor(boundsOf({ connectionsPerAddressMax: 2 }));
    const leave = ['a', 'a', 'b'].map((address) => door.enter(address));
    expect([door.bar('a'), door.bar('b'), door.count()]).toEqual(['connectionsPerAddressMax', undefined, 3]);
    for (const go of leave) go();
    expect([door.bar('a'), door.count()]).toEqual([undefined, 0]);
  });
});

describe('the time until a hello', () => {
  test('ends a connection that said nothing', async () => {
    const world = await startTestServer();
    const stranger = world.dial('stranger');
    await world.advance(9_999);
    expect(stranger.closed()).toBeUndefined();
    await world.advance(1);
    expect(stranger.closed()).toEqual(over('over helloTimeoutMs: 10000 ms until a hello at most'));
    expect(world.timerNames()).toEqual([]);
  });

  test('is over when the hello has come, though its token is judged for longer', async () => {
    const world = await startTestServer({ bounds: { helloTimeoutMs: 100 } });
    world.completions.hold();
    const client = world.dial('c1');
    const greeting = client.send({ type: 'hello', versions: [2], secret: 'c1', answered: 0, token: await world.token() });
    await world.advance(5_000);
    expect(client.closed()).toBeUndefined();
    world.completions.release();
    await greeting;
    await world.settle();
    expect(client.received.map(({ type }) => type)).toEqual(['accepted']);
    expect(world.timerNames()).toEqual(['heartbeat timer of c1']);
  });
});
