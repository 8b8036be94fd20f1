/**
 * What our client and server would never say to each other (B1, B2), as the text of frames. Each is wrong in one way
 * only, so that a check that is missing cannot hide behind another; to a client they are all nonsense alike.
 */

import type { NonsenseKind, StrangerKind } from '../port/system.ts';
import { encodeClientFrame } from '../protocol/codec.ts';
import { type ClientFrame, protocolVersion } from '../protocol/frames.ts';

/** Numbers that no run counts up to. */
const farAhead = 1_000_000_000;

const notJson = '{"type":"ping"';
/** A server that is to refuse it is given a lower limit: texts beyond the usual one, a mebibyte, would make traces heavy. */
const oversizedBytes = 65_536;
/** A good frame but for its length. */
const oversized = JSON.stringify({ type: 'ping', padding: 'x'.repeat(oversizedBytes) });

function hello(versions: readonly number[]): string {
  return encodeClientFrame({ type: 'hello', versions, secret: 'nobody', answered: 0, token: '' });
}

function subscribe(subscription: string): ClientFrame {
  return { type: 'subscribe', subscription, query: { collection: 'nonsense', where: [], order: [] } };
}

/** No frame that the types allow. */
function filtered(filter: unknown): string {
  return JSON.stringify({ type: 'subscribe', subscription: 'nonsense', query: { collection: 'nonsense', where: [filter], order: [] } });
}

export function nonsense(kind: NonsenseKind, subscription: string | null): string | null {
  switch (kind) {
    case 'notJson':
      return notJson;
    case 'notAFrame':
      return JSON.stringify(['ping']);
    case 'unknownType':
      return JSON.stringify({ type: 'nonsense' });
    case 'missingField':
      return JSON.stringify({ type: 'unsubscribe' });
    case 'badFilter':
      return filtered(['id', 'resembles', 'x']);
    case 'unfitValue':
      return filtered({ mod: 'or', filters: [['id', 'like', 3]] });
    case 'helloAgain':
      return hello([protocolVersion]);
    case 'subscribedTwice':
      return subscription === null ? null : encodeClientFrame(subscribe(subscription));
    case 'writeGap':
      return encodeClientFrame({
        type: 'write',
        sequence: farAhead,
        id: '0'.repeat(32),
        resent: false,
        answered: 0,
        operations: [{ kind: 'delete', collection: 'nonsense', id: 'nonsense', generation: 'nonsense:1' }],
      });
    case 'requestGap':
      return encodeClientFrame({ type: 'updateToken', request: farAhead, token: '' });
    case 'oversized':
      return oversized;
  }
}

export function strangerFrames(says: StrangerKind): readonly string[] {
  switch (says) {
    case 'notJson':
      return [notJson];
    case 'oversized':
      return [oversized];
    case 'beforeHello':
      return [encodeClientFrame({ type: 'ping' })];
    case 'otherVersion':
      return [hello([1, farAhead])];
  }
}

/** A hello that says as a secret what is but an id, and a write under the next number of that id. */
export function impostorFrames(token: string, clientId: string, sequence: number): readonly string[] {
  return [
    encodeClientFrame({ type: 'hello', versions: [protocolVersion], secret: clientId, answered: 0, token }),
    encodeClientFrame({
      type: 'write',
      sequence,
      id: 'f'.repeat(32),
      resent: false,
      answered: 0,
      operations: [{ kind: 'delete', collection: 'nonsense', id: 'nonsense', generation: 'nonsense:1' }],
    }),
  ];
}
