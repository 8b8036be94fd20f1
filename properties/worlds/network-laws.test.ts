/** What holds of every sequence of network operations, said without a model of the network. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSimulatedWorld } from './simulated.ts';
import { toyClients, toyOperations } from './toy-operations.test-data.ts';
import { createToy, type ToyOperation } from './toy-system.test-data.ts';
import type { WorldEvent } from './world.ts';

async function eventsOf(operations: readonly ToyOperation[]): Promise<readonly WorldEvent[]> {
  const clients = toyClients.map((name) => ({ name, wallClockSkewMs: 0 }));
  const world = await createSimulatedWorld({ clients, initialLog: [], seed: 1 });
  const toy = await createToy(world);
  for (const operation of operations) await toy.perform(operation);
  world.heal();
  await toy.settle();
  expect(world.held()).toEqual([]);
  await world.assertQuiescent();
  await world.close();
  return toy.events;
}

type EventName = WorldEvent['event'];
interface EndWords {
  readonly end: 'client' | 'server';
  readonly sent: EventName;
  readonly heard: EventName;
  readonly closed: EventName;
  readonly heardClose: EventName;
}
const clientWords: EndWords = {
  end: 'client',
  sent: 'clientSent',
  heard: 'clientHeard',
  closed: 'clientClosed',
  heardClose: 'clientHeardClose',
};
const serverWords: EndWords = {
  end: 'server',
  sent: 'serverSent',
  heard: 'serverReceived',
  closed: 'serverClosed',
  heardClose: 'serverHeardClose',
};

const dataOf = (events: readonly WorldEvent[], name: EventName) =>
  events.flatMap((event) => (event.event === name && 'data' in event ? [event.data] : []));
/** What was on the way to an end: sent by the other one, or by nobody. */
const dataTo = (events: readonly WorldEvent[], { end }: EndWords, other: EndWords) =>
  events.flatMap((event) =>
    (event.event === other.sent && 'data' in event) || (event.event === 'injected' && event.to === end) ? [event.data] : [],
  );
const indexOf = (events: readonly WorldEvent[], name: EventName) => events.findIndex((event) => event.event === name);

/** What one end of one connection shows, whatever the other does. */
function checkEnd(events: readonly WorldEvent[], own: EndWords, other: EndWords): void {
  const heard = dataOf(events, own.heard);
  expect(heard).toEqual(dataTo(events, own, other).slice(0, heard.length));
  for (const name of [own.closed, own.heardClose]) expect(events.filter((event) => event.event === name).length).toBeLessThanOrEqual(1);
  const over = indexOf(events, own.heardClose);
  if (over >= 0) for (const event of events.slice(over + 1)) expect([own.sent, own.heard, own.closed]).not.toContain(event.event);
  const closing = indexOf(events, own.closed);
  if (closing >= 0) for (const event of events.slice(closing + 1)) expect(event.event).not.toBe(own.sent);
  const givenUp = events.findIndex((event) => event.event === own.closed && 'givenUp' in event && event.givenUp);
  if (givenUp >= 0) for (const event of events.slice(givenUp + 1)) expect([own.heard, own.heardClose]).not.toContain(event.event);
}

test('an end hears a prefix of what was sent, in order, and nothing after it heard of the end or gave up', async () => {
  await fc.assert(
    fc.asyncProperty(toyOperations, async (operations) => {
      const events = await eventsOf(operations);
      const connections = new Set(events.map((event) => event.connection));
      expect([...connections]).toEqual([...connections].map((_, index) => index + 1));
      for (const connection of connections) {
        const own = events.filter((event) => event.connection === connection);
        checkEnd(own, clientWords, serverWords);
        checkEnd(own, serverWords, clientWords);
      }
    }),
    { numRuns: 200 },
  );
});

const lossy: ReadonlySet<ToyOperation['do']> = new Set(['cut', 'killServer', 'killClient']);

test('without cuts and deaths nothing is lost on the way to an end that listens', async () => {
  await fc.assert(
    fc.asyncProperty(toyOperations, async (operations) => {
      const events = await eventsOf(operations.filter((operation) => !lossy.has(operation.do)));
      for (const connection of new Set(events.map((event) => event.connection))) {
        const own = events.filter((event) => event.connection === connection);
        const clientGaveUp = own.some((event) => event.event === 'clientClosed');
        const serverGaveUp = own.some((event) => event.event === 'serverClosed');
        if (!serverGaveUp) expect(dataOf(own, 'serverReceived')).toEqual(dataTo(own, serverWords, clientWords));
        if (!clientGaveUp) expect(dataOf(own, 'clientHeard')).toEqual(dataTo(own, clientWords, serverWords));
        if (clientGaveUp && indexOf(own, 'opened') >= 0 && !serverGaveUp)
          expect(indexOf(own, 'serverHeardClose')).toBeGreaterThanOrEqual(0);
        if (serverGaveUp && !clientGaveUp) expect(indexOf(own, 'clientHeardClose')).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 200 },
  );
});

test('of a dead process nothing is heard any more', async () => {
  await fc.assert(
    fc.asyncProperty(toyOperations, async (operations) => {
      const clients = toyClients.map((name) => ({ name, wallClockSkewMs: 0 }));
      const world = await createSimulatedWorld({ clients, initialLog: [], seed: 1 });
      const toy = await createToy(world);
      const silenced = new Map<string, number>();
      for (const operation of operations) {
        await toy.perform(operation);
        if (operation.do === 'killServer') silenced.set('server', toy.events.length);
        if (operation.do === 'killClient') silenced.set(operation.client, toy.events.length);
      }
      await toy.settle();
      for (const [process, from] of silenced) {
        const isServer = process === 'server';
        const { sent, heard, closed, heardClose } = isServer ? serverWords : clientWords;
        const own = toy.events.filter((event) => isServer || event.client === process);
        const begun = new Set(
          toy.events.slice(0, from).flatMap((event) => (event.event === (isServer ? 'opened' : 'attempted') ? [event.connection] : [])),
        );
        for (const event of own.filter((candidate) => toy.events.indexOf(candidate) >= from && begun.has(candidate.connection)))
          expect([sent, heard, closed, heardClose]).not.toContain(event.event);
      }
      await world.close();
    }),
    { numRuns: 200 },
  );
});

test('the same operations give the same events', async () => {
  await fc.assert(
    fc.asyncProperty(toyOperations, async (operations) => {
      expect(await eventsOf(operations)).toEqual(await eventsOf(operations));
    }),
    { numRuns: 30 },
  );
});
