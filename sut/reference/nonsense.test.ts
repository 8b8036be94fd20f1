/** Every kind of nonsense is nonsense to our server and client, each for its own reason (B1, B2). */
import { describe, expect, test } from 'vitest';
import type { NonsenseKind, StrangerKind } from '../port/system.ts';
import { decodeServerFrame } from '../protocol/codec.ts';
import { startTestServer, subscribeFrame } from '../testing/server-environment.ts';
import { nonsense, strangerFrames } from './nonsense.ts';

const reasons: Readonly<Record<NonsenseKind, RegExp>> = {
  notJson: /must be JSON/,
  notAFrame: /must be an object/,
  unknownType: /unknown frame type/,
  missingField: /unsubscribe\.subscription/,
  badFilter: /unknown operator/,
  unfitValue: /like takes a string/,
  helloAgain: /hello once/,
  subscribedTwice: /already/,
  writeGap: /came where 1 was due/,
  requestGap: /came where 1 was due/,
  oversized: /over frameBytesMax/,
};
const strangers: Readonly<Record<StrangerKind, RegExp>> = {
  notJson: /must be JSON/,
  oversized: /over frameBytesMax/,
  beforeHello: /begins with hello/,
  otherVersion: /protocol version 2 only, not 1/,
};
/** How a connection ends for it (B1, B5). */
const typeOf = (kind: NonsenseKind | StrangerKind) => (kind === 'oversized' ? 'LIMIT_EXCEEDED' : 'INTERNAL_ERROR');
const cases = <Kind extends string>(table: Readonly<Record<Kind, RegExp>>) => Object.entries<RegExp>(table);
const kindsOf = Object.keys(reasons).filter((kind): kind is NonsenseKind => kind in reasons);
const strangerKinds = Object.keys(strangers).filter((kind): kind is StrangerKind => kind in strangers);

test('there is a reason for every kind', () => {
  expect(cases(reasons)).toHaveLength(11);
  expect(cases(strangers)).toHaveLength(4);
});

describe.each(kindsOf)('%s', (kind) => {
  test('the server closes for it, and nobody else notices', async () => {
    const world = await startTestServer({ frameBytesMax: 16_384 });
    const other = await world.connect('c2');
    const client = await world.connect('c1');
    await client.send(subscribeFrame('s1'));
    await client.sendText(nonsense(kind, 's1') ?? '');
    expect(client.closed()).toEqual({ type: typeOf(kind), retry: false, message: expect.stringMatching(reasons[kind]) });
    expect(other.closed()).toBeUndefined();
    expect(world.log).toEqual([]);
  });

  test('to a client it is no frame', () => {
    expect(() => decodeServerFrame(nonsense(kind, 's1') ?? '')).toThrow();
  });
});

test.each(strangerKinds)('a stranger: %s', async (kind) => {
  const world = await startTestServer({ frameBytesMax: 16_384 });
  const client = world.dial('stranger');
  for (const frame of strangerFrames(kind)) await client.sendText(frame);
  expect(client.closed()).toEqual({ type: typeOf(kind), retry: false, message: expect.stringMatching(strangers[kind]) });
  expect(client.received).toEqual([]);
});

test('without a subscription none can be used twice', () => {
  expect(nonsense('subscribedTwice', null)).toBeNull();
});
