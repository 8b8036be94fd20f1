/** The two worlds are one: the same operations give the same answers, tasks and events, and real sockets leave nothing behind. */
import { getActiveResourcesInfo } from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AssembledWorld } from './assemble.ts';
import { createSimulatedWorld } from './simulated.ts';
import { toyClients, toyOperations } from './toy-operations.test-data.ts';
import { createToy, type ToyOperation } from './toy-system.test-data.ts';
import { createWebSocketWorld } from './websocket.ts';
import type { World, WorldOptions } from './world.ts';

type CreateWorld = (options: WorldOptions) => Promise<AssembledWorld>;
const options: WorldOptions = { clients: toyClients.map((name) => ({ name, wallClockSkewMs: 0 })), initialLog: [], seed: 1 };

/** After each operation: whether it meant anything, what could run next, what is held. */
async function logOf(create: CreateWorld, operations: readonly ToyOperation[]): Promise<readonly unknown[]> {
  const world = await create(options);
  const toy = await createToy(world);
  const log: unknown[] = [];
  for (const operation of operations) {
    const meant = await toy.perform(operation);
    log.push([meant, world.tasks(), world.held(), toyClients.map(world.isHalfOpen)]);
  }
  world.heal();
  await toy.settle();
  await world.assertQuiescent();
  await world.close();
  return [...log, ...toy.events];
}

const networkResources = () => getActiveResourcesInfo().filter((resource) => /TCP|Timeout/.test(resource));

test('any sequence of operations shows the same in both worlds', async () => {
  await fc.assert(
    fc.asyncProperty(toyOperations, async (operations) => {
      expect(await logOf(createWebSocketWorld, operations)).toEqual(await logOf(createSimulatedWorld, operations));
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('nothing is left open, whatever was going on at the end', async () => {
  const before = networkResources();
  const world = await createWebSocketWorld(options);
  const toy = await createToy(world);
  const open: readonly ToyOperation[] = [
    { do: 'connect', client: 'c1' },
    { do: 'execute', label: 'c1 opening' },
    { do: 'clientSend', client: 'c1', text: 'never delivered' },
    { do: 'clientClose', client: 'c1', text: 'never delivered' },
    { do: 'connect', client: 'c2' },
    { do: 'execute', label: 'c2 opening' },
    { do: 'cut', client: 'c2', how: 'halfOpen' },
    { do: 'connect', client: 'c2' },
    { do: 'stranger', texts: ['hello'] },
    { do: 'killClient', client: 'c1' },
    { do: 'killServer', how: 'crash' },
    { do: 'stranger', texts: ['hello'] },
  ];
  for (const operation of open) await toy.perform(operation);
  await world.close();
  // A handle is freed in the last phase of a turn of the loop, behind the phase that ends the wait.
  await oneTurnOfTheLoop();
  await oneTurnOfTheLoop();
  expect(networkResources()).toEqual(before);
});

test('the server answers its health check for real', async () => {
  const world: World = await createWebSocketWorld(options);
  const ports: number[] = [];
  await world.run(() => {
    const listening = world.serverEnvironment().listener.listen(
      0,
      () => ({ onMessage: () => {}, onClose: () => {} }),
      () => '"well"',
    );
    void listening.then(({ port }) => ports.push(port));
  });
  const answer = await fetch(`http://127.0.0.1:${ports[0]}/healthcheck`, { headers: { connection: 'close' } });
  expect(await answer.text()).toBe('"well"');
  await world.close();
});

function oneTurnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
