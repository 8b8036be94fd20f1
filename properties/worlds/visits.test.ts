/** What nobody of the script said: frames injected into a link, and strangers who come, speak and leave. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Timer } from '../../sut/runtime/ports.ts';
import type { AssembledWorld } from './assemble.ts';
import { everyWorld, twoClients } from './every-world.test-data.ts';
import { createToy } from './toy-system.test-data.ts';

const worlds: AssembledWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

describe.each(everyWorld)('in the $name world', ({ create }) => {
  const startOpen = async () => {
    const world = await create(twoClients);
    worlds.push(world);
    const toy = await createToy(world);
    await toy.perform({ do: 'connect', client: 'c1' });
    await toy.settle();
    const from = toy.events.length;
    const say = () =>
      toy.events
        .slice(from)
        .map((event) => `${event.event}${'data' in event ? ` ${event.data}` : ''}${'to' in event ? ` to ${event.to}` : ''}`);
    return { world, toy, say };
  };

  test('an injected frame takes its turn on the link, and can be held', async () => {
    const { world, toy, say } = await startOpen();
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'a' });
    world.hold('server→c1');
    expect(world.inject('c1', 'server', 'nonsense')).toBe(true);
    expect(world.inject('c1', 'client', 'more of it')).toBe(true);
    await toy.perform({ do: 'clientSend', client: 'c1', text: 'b' });
    await toy.settle();
    expect(say()).toEqual([
      'clientSent a',
      'injected nonsense to server',
      'injected more of it to client',
      'clientSent b',
      'serverReceived a',
      'serverReceived nonsense',
      'serverReceived b',
    ]);
    await world.execute('server→c1');
    expect(say().at(-1)).toBe('clientHeard more of it');
  });

  test('a frame of two million characters arrives', async () => {
    const { world, toy, say } = await startOpen();
    expect(world.inject('c1', 'server', 'x'.repeat(2_000_000))).toBe(true);
    await toy.settle();
    expect(say()[1]?.length).toBe('serverReceived '.length + 2_000_000);
  });

  test('nothing is injected but into a connection that is open at both ends and carries', async () => {
    const { world, toy } = await startOpen();
    const both = (client: string) => [world.inject(client, 'server', 'x'), world.inject(client, 'client', 'x')];
    expect(both('c2')).toEqual([false, false]);
    await toy.perform({ do: 'connect', client: 'c2' });
    expect(both('c2')).toEqual([false, false]);
    await toy.settle();
    world.cut('c2', 'clean');
    expect(both('c2')).toEqual([false, false]);
    await toy.perform({ do: 'connect', client: 'c2' });
    await toy.settle();
    world.cut('c2', 'halfOpen');
    expect(both('c2')).toEqual([false, false]);
    await toy.perform({ do: 'clientClose', client: 'c1', text: 'bye' });
    expect(both('c1')).toEqual([false, false]);
  });

  test('a stranger hears the close that the server gives it, and shows nowhere', async () => {
    const { world, toy, say } = await startOpen();
    world.hold('c1→server');
    expect(await world.stranger(['hello', 'bye', 'after'])).toEqual({ code: 4000, reason: 'goodbye' });
    expect(await world.stranger(['shoo'])).toEqual({ code: 1006, reason: '' });
    expect(await world.stranger(['hello'])).toBeNull();
    expect(await world.stranger([])).toBeNull();
    expect(world.tasks()).toEqual([]);
    await toy.perform({ do: 'connect', client: 'c2' });
    await toy.settle();
    expect(say()).toEqual(['attempted', 'opened']);
    expect(toy.events.at(-1)).toEqual({ event: 'opened', client: 'c2', connection: 2 });
    await world.assertQuiescent();
  });

  test('a stranger is refused where nobody listens', async () => {
    const { world, toy } = await startOpen();
    await toy.perform({ do: 'killServer', how: 'crash' });
    expect(await world.stranger(['hello'])).toEqual({ code: 1006, reason: '' });
  });

  test('the server hears a stranger out, works for it, and hears it leave', async () => {
    const world = await create(twoClients);
    worlds.push(world);
    const heard: string[] = [];
    const { listener, timers, complete } = world.serverEnvironment();
    await world.run(() => {
      const accept = ({ label }: { readonly label: string }) => {
        heard.push(label);
        const heartbeat: Timer = timers.schedule(`heartbeat timer of ${label}`, 45_000, () => {});
        const verify = () => complete(`verify of ${label}`, () => Promise.resolve('verified'));
        return {
          onMessage: (data: string) => {
            heard.push(data);
            void verify().then((result) => heard.push(result));
          },
          onClose: () => {
            heard.push('closed');
            heartbeat.cancel();
          },
        };
      };
      void listener.listen(0, accept, () => 'well');
    });
    expect(await world.stranger(['one', 'two'])).toBeNull();
    expect(heard).toEqual(['stranger', 'one', 'two', 'verified', 'verified', 'closed']);
    expect(world.openTimers()).toEqual([]);
    expect(world.tasks()).toEqual([]);
    await world.assertQuiescent();
  });
});
