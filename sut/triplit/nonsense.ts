/**
 * What the published client and server would never say to each other (B1), as the text of frames. Each is wrong in one
 * way only. What has no counterpart there is null: connections have no hello of their own, and writes and requests no numbers.
 */
import type { NonsenseKind, StrangerKind } from '../port/system.ts';
import { upgradeText } from './words.ts';

const notJson = '{"type":"PING"';
const texts: Readonly<Record<NonsenseKind, string | null>> = {
  notJson,
  notAFrame: 'null',
  unknownType: '{"type":"NONSENSE","payload":{}}',
  missingField: '{"type":"CONNECT_QUERY"}',
  badFilter: '{"type":"CONNECT_QUERY","payload":{"id":"nonsense","params":{"collectionName":"todos","where":[["id","resembles","x"]]}}}',
  // Which values an operator takes is judged by the type of the attribute there.
  unfitValue: null,
  helloAgain: null,
  subscribedTwice: null,
  writeGap: null,
  requestGap: null,
  // The limit is that of the transport, a hundred mebibytes.
  oversized: null,
};

export function nonsense(kind: NonsenseKind): string | null {
  return texts[kind];
}

const all: ReadonlySet<string> = new Set(Object.values(texts).filter((text) => text !== null));

/** No client and no server says any of these. */
export function isNonsense(text: string): boolean {
  return all.has(text);
}

/** A socket that shows no token is opened first: what is not even HTTP never reaches the packages. */
const opening = upgradeText('nobody', 'ws://server/?sync-schema=false&token=');

export function strangerFrames(says: StrangerKind): readonly string[] {
  switch (says) {
    case 'notJson':
      return [opening, notJson];
    case 'beforeHello':
      return [opening, '{"type":"PING","payload":{"clientTimestamp":0}}'];
    case 'oversized':
    case 'otherVersion':
      return [];
  }
}
