/** The laws of the network, in the simulated world: order, closing, cuts and holds. */
import { afterEach, describe, expect, test } from 'vitest';
import { createSimulatedWorld } from './simulated.ts';
import { createToy, type Toy } from './toy-system.test-data.ts';
import type { World, WorldEvent } from './world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function start(): Promise<{ world: World; toy: Toy; say: () => readonly string[] }> {
  const clients = ['c1', 'c2'].map((name) => ({ name, wallClockSkewMs: 0 }));
  const world = await createSimulatedWorld({ clients, initialLog: [], seed: 1 });
  worlds.push(world);
  const toy = await createToy(world);
  let told = 0;
  const say = () => {
    const fresh = toy.events.slice(told).map(words);
    told = toy.events.length;
    return fresh;
  };
  return { world, toy, say };
}

async function startOpen() {
  const { world, toy, say } = await start();
  await toy.perform({ do: 'connect', client: 'c1' });
  await toy.settle();
  say();
  return { world, toy, say };
}

function words(event: WorldEvent): string {
  const name = `${event.client}#${event.connection} ${event.event}`;
  if ('data' in event) return `${name} ${event.data}`;
  if ('givenUp' in event) return `${name} ${event.givenUp ? 'given up' : `${event.code} ${event.reason}`}`;
  return 'code' in event ? `${name} ${event.code} ${event.reason}`.trimEnd() : name;
}

const labels = (world: World) => world.tasks().map((task) => (task.held ? `(${task.label})` : task.label));

describe('opening', () => {
  test('is one task, which opens both ends', async () => {
    const { world, toy, say } = await start();
    await toy.perform({ do: 'connect', client: 'c1' });
    expect(labels(world)).toEqual(['c1 opening']);
    await toy.settle();
    expect(say()).toEqual(['c1#1 attempted', 'c1#1 opened']);
  });

  test('refused, the client hears a close and the server nothing', async () => {
    const { world, toy, say } = await start();
    expect(world.refuseConnections('c1')).toBe(true);
    expect(world.refuseConnections('c1')).toBe(false);
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.settle();
    expect(say()).toEqual(['c1#1 attempted', 'c1#1 clientHeardClose 1006']);
    expect(world.acceptConnections('c1')).toBe(true);
    expect(world.acceptConnections('c1')).toBe(false);
  });

  test('withdrawn by the client, it hears a close and the server never sees it', async () => {
    const { toy, say } = await start();
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.perform({ do: 'clientClose', client: 'c1', text: 'bye' });
    await toy.settle();
    expect(say()).toEqual(['c1#1 attempted', 'c1#1 clientClosed 4000 bye', 'c1#1 clientHeardClose 1006']);
  });

  test('given up by the client, nothing is left of it', async () => {
    const { world, toy, say } = await start();
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.perform({ do: 'clientTerminate', client: 'c1' });
    expect(labels(world)).toEqual([]);
    expect(say()).toEqual(['c1#1 attempted', 'c1#1 clientClosed given up']);
  });

  test.each(['clean', 'abrupt'] as const)('cut %s before, it fails', async (how) => {
    const { world, toy, say } = await start();
    await toy.perform({ do: 'connect', client: 'c1' });
    expect(world.cut('c1', how)).toBe(true);
    expect(world.cut('c1', how)).toBe(false);
    await toy.settle();
    expect(say()).toEqual(['c1#1 attempted', 'c1#1 clientHeardClose 1006']);
  });

  test('half-open before, it never ends until the client withdraws it', async () => {
    const { world, toy, say } = await start();
    await toy.perform({ do: 'connect', client: 'c1' });
    expect(world.cut('c1', 'halfOpen')).toBe(true);
    expect(labels(world)).toEqual([]);
    expect(world.isHalfOpen('c1')).toBe(true);
    await toy.perform({ do: 'clientClose', client: 'c1', text: '' });
    expect(world.isHalfOpen('c1')).toBe(false);
    await toy.settle();
    expect(say().at(-1)).toBe('c1#1 clientHeardClose 1006');
  });
});

describe('frames', () => {
  test('arrive in order, each direction by itself', async () => {
    const { world, toy, say } = await startOpen();
    for (const text of ['a', 'b']) await toy.perform({ do: 'clientSend', client: 'c1', text });
    for (const text of ['x', 'y']) await toy.perform({ do: 'serverSend', client: 'c1', text });
    expect(labels(world)).toEqual(['c1→server', 'server→c1']);
    for (const label of ['server→c1', 'c1→server', 'c1→server', 'server→c1']) await world.execute(label);
    expect(say().slice(4)).toEqual(['c1#1 clientHeard x', 'c1#1 serverReceived a', 'c1#1 serverReceived b', 'c1#1 clientHeard y']);
  });

  test('of an older connection come first', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'old' });
    await toy.perform({ do: 'connect', client: 'c1' });
    await world.execute('c1 opening');
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'new' });
    await toy.settle();
    expect(say().slice(-2)).toEqual(['c1#1 serverReceived old', 'c1#2 serverReceived new']);
  });

  test('sent before the opening are lost', async () => {
    const { toy, say } = await start();
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'early' });
    await toy.settle();
    expect(say()).toEqual(['c1#1 attempted', 'c1#1 opened']);
  });
});

describe('closing', () => {
  test('by the client goes behind its frames, is answered behind the frames of the server, and both hear it once', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'last' });
    await toy.perform({ do: 'clientClose', client: 'c1', text: 'bye' });
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'too late' });
    await toy.perform({ do: 'clientClose', client: 'c1', text: 'again' });
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'in flight' });
    await world.execute('c1→server');
    await world.execute('c1→server');
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'too late' });
    await toy.settle();
    expect(say()).toEqual([
      'c1#1 clientSent last',
      'c1#1 clientClosed 4000 bye',
      'c1#1 serverSent in flight',
      'c1#1 serverReceived last',
      'c1#1 serverHeardClose',
      'c1#1 clientHeard in flight',
      'c1#1 clientHeardClose 4000 bye',
    ]);
    expect(world.cut('c1', 'abrupt')).toBe(false);
  });

  test('by the server mirrors it', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'serverClose', client: 'c1', text: 'expired' });
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'in flight' });
    await world.execute('server→c1');
    await toy.settle();
    expect(say()).toEqual([
      'c1#1 serverClosed 4000 expired',
      'c1#1 clientSent in flight',
      'c1#1 clientHeardClose 4000 expired',
      'c1#1 serverReceived in flight',
      'c1#1 serverHeardClose',
    ]);
  });

  test("by both, each hears the other's", async () => {
    const { toy, say } = await startOpen();
    await toy.perform({ do: 'serverClose', client: 'c1', text: 'expired' });
    await toy.perform({ do: 'clientClose', client: 'c1', text: 'bye' });
    await toy.settle();
    expect(say().slice(2)).toEqual(['c1#1 serverHeardClose', 'c1#1 clientHeardClose 4000 expired']);
  });

  test('late, long after a new connection opened, reaches the old socket', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'clientClose', client: 'c1', text: 'override' });
    expect(world.hold('server→c1')).toBe(true);
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.settle();
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'new flows' });
    await toy.settle();
    expect(say().at(-1)).toBe('c1#2 clientHeard new flows');
    expect(labels(world)).toEqual(['(server→c1)']);
    await world.execute('server→c1');
    expect(say()).toEqual(['c1#1 clientHeardClose 4000 override']);
    expect(world.held()).toEqual([]);
  });
});

describe('giving up', () => {
  test('by the client: it hears nothing more, what it sent arrives, then the server hears a close', async () => {
    const { toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'last' });
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'lost' });
    await toy.perform({ do: 'clientTerminate', client: 'c1' });
    await toy.settle();
    expect(say().slice(2)).toEqual(['c1#1 clientClosed given up', 'c1#1 serverReceived last', 'c1#1 serverHeardClose']);
  });

  test('by the server: it hears nothing more, and the client hears an abrupt close', async () => {
    const { toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'lost' });
    await toy.perform({ do: 'serverTerminate', client: 'c1' });
    await toy.settle();
    expect(say().slice(1)).toEqual(['c1#1 serverClosed given up', 'c1#1 clientHeardClose 1006']);
  });

  test('after a close is told no second time', async () => {
    const { toy, say } = await startOpen();
    await toy.perform({ do: 'clientClose', client: 'c1', text: 'bye' });
    await toy.perform({ do: 'clientTerminate', client: 'c1' });
    await toy.settle();
    expect(say()).toEqual(['c1#1 clientClosed 4000 bye', 'c1#1 serverHeardClose']);
  });
});

describe('cuts', () => {
  test('clean: what is in flight arrives, then both hear a close', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'a' });
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'x' });
    expect(world.cut('c1', 'clean')).toBe(true);
    expect(world.cut('c1', 'clean')).toBe(false);
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'too late' });
    await toy.settle();
    expect(say().slice(2)).toEqual([
      'c1#1 clientSent too late',
      'c1#1 serverReceived a',
      'c1#1 serverHeardClose',
      'c1#1 clientHeard x',
      'c1#1 clientHeardClose 1001',
    ]);
  });

  test('abrupt: what is in flight vanishes, and the two ends learn of it separately', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'lost' });
    world.hold('server→c1');
    expect(world.cut('c1', 'abrupt')).toBe(true);
    await toy.settle();
    expect(say()).toEqual(['c1#1 clientSent lost', 'c1#1 serverHeardClose']);
    world.release('server→c1');
    await toy.settle();
    expect(say()).toEqual(['c1#1 clientHeardClose 1006']);
    expect(world.cut('c1', 'abrupt')).toBe(false);
  });

  test('half-open: everything vanishes and nobody learns, until an end gives up, which the other does not hear', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'lost' });
    expect(world.cut('c1', 'halfOpen')).toBe(true);
    expect(world.cut('c1', 'abrupt')).toBe(false);
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'lost too' });
    expect(labels(world)).toEqual([]);
    expect(world.hold('c1→server')).toBe(false);
    await toy.perform({ do: 'clientTerminate', client: 'c1' });
    expect(world.isHalfOpen('c1')).toBe(true);
    await toy.perform({ do: 'serverClose', client: 'c1', text: 'expired' });
    expect(world.isHalfOpen('c1')).toBe(false);
    expect(labels(world)).toEqual([]);
    expect(say().slice(1)).toEqual(['c1#1 serverSent lost too', 'c1#1 clientClosed given up', 'c1#1 serverClosed 4000 expired']);
  });

  test('concern the newest connection; without one they are nothing', async () => {
    const { world, toy, say } = await startOpen();
    expect(world.cut('c2', 'abrupt')).toBe(false);
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.settle();
    expect(world.cut('c1', 'abrupt')).toBe(true);
    await toy.settle();
    expect(say().slice(-2)).toEqual(['c1#2 serverHeardClose', 'c1#2 clientHeardClose 1006']);
    expect(world.cut('c1', 'abrupt')).toBe(false);
  });
});

describe('holds', () => {
  test('of a link concern the connections that exist; deliver lets single items through', async () => {
    const { world, toy, say } = await startOpen();
    expect(world.hold('c2→server')).toBe(false);
    expect(world.hold('c1→server')).toBe(true);
    expect(world.hold('c1→server')).toBe(false);
    for (const text of ['a', 'b']) await toy.perform({ do: 'clientSend', client: 'c1', text });
    await toy.settle();
    expect(labels(world)).toEqual(['(c1→server)']);
    expect(world.held()).toEqual(['c1→server']);
    await world.execute('c1→server');
    expect(say().slice(2)).toEqual(['c1#1 serverReceived a']);
    expect(world.release('c1→server')).toBe(true);
    expect(world.release('c1→server')).toBe(false);
    await toy.settle();
    expect(say()).toEqual(['c1#1 serverReceived b']);
  });

  test('of an opening may come before it; of an unknown label they are nothing', async () => {
    const { world, toy } = await start();
    expect(world.hold('c3 opening')).toBe(false);
    expect(world.hold('c1 nonsense timer')).toBe(false);
    expect(world.hold('c1 opening')).toBe(true);
    await toy.perform({ do: 'connect', client: 'c1' });
    expect(labels(world)).toEqual(['(c1 opening)']);
    world.heal();
    expect(labels(world)).toEqual(['c1 opening']);
  });

  test('do not stop what flows beside them: the label is free while any of its connections is', async () => {
    const { world, toy, say } = await startOpen();
    world.hold('c1→server');
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'held' });
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.settle();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'free' });
    expect(labels(world)).toEqual(['c1→server']);
    await toy.settle();
    expect(say().at(-1)).toBe('c1#2 serverReceived free');
    expect(labels(world)).toEqual(['(c1→server)']);
  });
});

test('a server that stops listening hangs up on everybody and refuses the rest', async () => {
  const world = await createSimulatedWorld({ clients: [{ name: 'c1', wallClockSkewMs: 0 }], initialLog: [], seed: 1 });
  worlds.push(world);
  const heard: string[] = [];
  const { transport } = world.clientEnvironment('c1');
  const events = { onOpen: () => heard.push('open'), onMessage: () => {}, onClose: (code: number) => heard.push(`${code}`) };
  const silent = { onMessage: () => {}, onClose: () => heard.push('never') };
  const listening = world.serverEnvironment().listener.listen(0, () => silent, String);
  await world.run(() => void transport.connect('', events));
  await world.execute('c1 opening');
  await world.run(() => void listening.then((server) => server.close()));
  await world.execute('server→c1');
  await world.run(() => void transport.connect('', events));
  await world.execute('c1 opening');
  expect(heard).toEqual(['open', '1006', '1006']);
});
