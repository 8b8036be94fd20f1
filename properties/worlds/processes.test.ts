/** The death of a process: what vanishes with it, what stays, and that nothing of it reaches the one that follows. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Connection, Listening, Socket, SocketEvents } from '../../sut/runtime/ports.ts';
import type { AssembledWorld } from './assemble.ts';
import { everyWorld, twoClients } from './every-world.test-data.ts';
import { createToy } from './toy-system.test-data.ts';
import type { WorldEvent } from './world.ts';

const worlds: AssembledWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const labels = (world: AssembledWorld) => world.tasks().map((task) => (task.held ? `(${task.label})` : task.label));
const words = (events: readonly WorldEvent[]) =>
  events.map((event) => {
    const name = `${event.client}#${event.connection} ${event.event}`;
    if ('data' in event) return `${name} ${event.data}`;
    return 'code' in event ? `${name} ${event.code} ${event.reason}`.trimEnd() : name;
  });

async function runAll(world: AssembledWorld): Promise<void> {
  for (let task = world.tasks().find(({ held }) => !held); task !== undefined; task = world.tasks().find(({ held }) => !held))
    await world.execute(task.label);
}

describe.each(everyWorld)('in the $name world', ({ create }) => {
  const start = async (): Promise<AssembledWorld> => {
    const world = await create(twoClients);
    worlds.push(world);
    return world;
  };
  const startOpen = async () => {
    const world = await start();
    const toy = await createToy(world);
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.settle();
    const from = toy.events.length;
    return { world, toy, say: () => words(toy.events.slice(from)) };
  };

  test('what a dead server waited for never comes, and its timers are gone', async () => {
    const world = await start();
    const settled: string[] = [];
    const note = (name: string) => [() => settled.push(name), () => settled.push(name)] as const;
    const { complete, storage, timers } = world.serverEnvironment();
    await world.run(() => {
      void complete('verify of c1', () => Promise.resolve()).then(...note('verification'));
      void storage
        .append([{ kind: 'write', version: 1, clientId: 'c1', sequence: 1, id: '', answered: 0, operations: [] }])
        .then(...note('append'));
      void world.complete('c1 refresh handler', () => Promise.resolve()).then(...note('refresh of c1'));
      timers.schedule('expiry timer of c1', 0, () => settled.push('timer'));
      world.clientEnvironment('c1').timers.schedule('refresh', 0, () => settled.push('timer of c1'));
    });
    world.hold('server append');
    expect(world.killServer('crash', 0)).toBe(0);
    expect(labels(world)).toEqual(['c1 refresh handler', 'c1 refresh timer']);
    expect(world.openTimers()).toEqual(['c1 refresh timer']);
    await runAll(world);
    await world.assertQuiescent();
    expect(settled).toEqual(['refresh of c1', 'timer of c1']);
    expect(world.held()).toEqual(['server append']);
  });

  test('what a dead client waited for never comes, and its timers are gone', async () => {
    const world = await start();
    const settled: string[] = [];
    const { storage, timers } = world.clientEnvironment('c1');
    await world.run(() => {
      void storage.enqueue({ sequence: 1, id: '1', operations: [] }).then(() => settled.push('write'));
      void world.complete('c1 refresh handler', () => Promise.resolve()).then(() => settled.push('refresh'));
      void world.serverEnvironment().complete('verify of c1', () => Promise.resolve());
      timers.schedule('refresh', 0, () => settled.push('timer'));
      world.clientEnvironment('c2').timers.schedule('refresh', 0, () => {});
    });
    expect(world.killClient('c1', false)).toBe(false);
    expect(labels(world)).toEqual(['c2 refresh timer', 'server verify of c1']);
    expect(world.nextTimerMs()).toBe(0);
    await runAll(world);
    expect(settled).toEqual([]);
  });

  test('the ports of the dead do nothing, and nobody hears them', async () => {
    const world = await start();
    const server = world.serverEnvironment();
    const client = world.clientEnvironment('c1');
    const settled: string[] = [];
    const oldTimer = client.timers.schedule('refresh', 5, () => settled.push('old timer'));
    world.killServer('crash', 1);
    world.killClient('c1', true);
    world.clientEnvironment('c1').timers.schedule('refresh', 10, () => {});
    await world.assertQuiescent();
    const dead = [
      () => server.storage.load(),
      () => server.storage.append([{ kind: 'write', version: 1, clientId: 'c1', sequence: 1, id: '', answered: 0, operations: [] }]),
      () => server.complete('key set fetch', () => Promise.resolve()),
      () =>
        server.listener.listen(
          0,
          () => ({ onMessage: () => {}, onClose: () => {} }),
          () => 'dead',
        ),
      () => client.storage.load(),
      () => client.storage.identify('dead'),
      () => client.storage.enqueue({ sequence: 1, id: '1', operations: [] }),
      () => client.storage.dequeue('1'),
      () => client.storage.remember({ query: '{}', version: 1, rows: [] }),
      () => client.storage.clear('dead', []),
    ];
    await world.run(() => {
      for (const [index, ask] of dead.entries())
        ask().then(
          () => settled.push(`${index}`),
          () => settled.push(`${index}`),
        );
      oldTimer.cancel();
      client.timers.schedule('refresh', 0, () => settled.push('timer')).cancel();
      server.timers.schedule('expiry timer of c1', 0, () => settled.push('timer'));
      client.transport.connect('', { onOpen: () => {}, onMessage: () => {}, onClose: () => settled.push('close') }).close(1000, '');
    });
    expect(settled).toEqual([]);
    expect(labels(world)).toEqual([]);
    expect(world.openTimers()).toEqual(['c1 refresh timer']);
    const loaded: unknown[] = [];
    await world.run(() => void world.clientEnvironment('c1').storage.load().then(loaded.push.bind(loaded)));
    expect(loaded).toEqual([undefined]);
  });

  test('ids go on after a death, whatever the dead still draw', async () => {
    const draw = async (drawnByTheDead: number) => {
      const world = await start();
      const first = world.clientEnvironment('c1').random;
      const ids = [first.uuid(), first.uuid()];
      world.killClient('c1', false);
      for (let drawn = 0; drawn < drawnByTheDead; drawn += 1) first.uuid();
      const second = world.clientEnvironment('c1').random;
      return [...ids, second.uuid(), second.uuid()];
    };
    const ids = await draw(0);
    expect(new Set(ids).size).toBe(4);
    expect(await draw(3)).toEqual(ids);
  });

  test('a crash of the server loses what is in flight, and clients hear an abrupt close', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'lost' });
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'lost too' });
    world.hold('server→c1');
    await toy.perform({ do: 'killServer', how: 'crash' });
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'of the dead' });
    expect(labels(world)).toEqual(['(server→c1)']);
    world.heal();
    await toy.settle();
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.settle();
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.perform({ do: 'startServer' });
    await toy.settle();
    expect(say()).toEqual([
      'c1#1 clientSent lost',
      'c1#1 serverSent lost too',
      'c1#1 clientHeardClose 1006',
      'c1#2 attempted',
      'c1#2 clientHeardClose 1006',
      'c1#3 attempted',
      'c1#3 opened',
    ]);
    await world.assertQuiescent();
  });

  test('what a server said before it was closed arrives, and then its close', async () => {
    const { toy, say } = await startOpen();
    await toy.perform({ do: 'connect', client: 'c2' });
    await toy.settle();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'lost' });
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'last' });
    await toy.perform({ do: 'killServer', how: 'graceful' });
    await toy.settle();
    expect(say().slice(3)).toEqual([
      'c1#1 serverSent last',
      'c1#1 serverClosed 4000 stopping',
      'c2#2 serverClosed 4000 stopping',
      'c1#1 clientHeard last',
      'c1#1 clientHeardClose 4000 stopping',
      'c2#2 clientHeardClose 4000 stopping',
    ]);
  });

  test('a dead server that closes its listener does not stop the one that follows', async () => {
    const world = await start();
    const opened: string[] = [];
    const connections: Connection[] = [];
    let first: Listening | undefined;
    const listenAs = (name: string) =>
      world
        .serverEnvironment()
        .listener.listen(
          0,
          (connection) => {
            opened.push(name);
            connections.push(connection);
            return { onMessage: () => {}, onClose: () => opened.push(`${name} closed`) };
          },
          () => name,
        )
        .then((listening) => {
          first ??= listening;
        });
    await world.run(() => void listenAs('first'));
    world.killServer('crash', 0);
    await world.run(() => void listenAs('second'));
    await world.run(() => {
      void first?.close();
      world.clientEnvironment('c1').transport.connect('', { onOpen: () => {}, onMessage: () => {}, onClose: () => {} });
    });
    await runAll(world);
    expect(opened).toEqual(['second']);
    await world.run(() => void first?.close());
    expect(labels(world)).toEqual([]);
  });

  test('a client that dies is cut off abruptly, hears nothing more, and can begin anew', async () => {
    const { world, toy, say } = await startOpen();
    const heard: string[] = [];
    const events: SocketEvents = {
      onOpen: () => heard.push('open'),
      onMessage: () => heard.push('frame'),
      onClose: () => heard.push('close'),
    };
    const old: Socket[] = [];
    await world.run(() => old.push(world.clientEnvironment('c1').transport.connect('', events)));
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'lost' });
    await toy.perform({ do: 'serverSend', client: 'c1', text: 'lost too' });
    expect(world.killClient('c1', true)).toBe(false);
    await world.run(() => old[0]?.terminate());
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'of the dead' });
    expect(labels(world)).toEqual(['c1→server']);
    await toy.settle();
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.settle();
    expect(say()).toEqual([
      'c1#2 attempted',
      'c1#1 clientSent lost',
      'c1#1 serverSent lost too',
      'c1#1 serverHeardClose',
      'c1#3 attempted',
      'c1#3 opened',
    ]);
    expect(heard).toEqual([]);
    await world.assertQuiescent();
  });

  test('of a half-open connection a death tells nobody', async () => {
    const { world, toy } = await startOpen();
    world.cut('c1', 'halfOpen');
    world.killClient('c1', false);
    expect(labels(world)).toEqual([]);
    expect(world.isHalfOpen('c1')).toBe(true);
    await toy.perform({ do: 'killServer', how: 'crash' });
    expect(world.isHalfOpen('c1')).toBe(false);
    expect(labels(world)).toEqual([]);
  });

  test('a process that was never there cannot die or fail', async () => {
    const world = await start();
    expect(() => world.killClient('c9', false)).toThrow(RangeError);
    expect(() => world.failStorage('c9', 0)).toThrow(RangeError);
    expect(() => world.clientEnvironment('c9')).toThrow(RangeError);
  });
});
