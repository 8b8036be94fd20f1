/**
 * How much a server takes of a client (B3 to B6), beyond the length of a frame. The defaults are far above what an
 * application needs; each holds down what one lawful frame may cost.
 */
import type { BoundName, Bounds } from '../../vocabulary/bounds.ts';

export type { BoundName, Bounds } from '../../vocabulary/bounds.ts';

export const defaultBounds: Bounds = {
  writeOperationsMax: 500,
  writeBytesMax: 1_048_576,
  rowAttributesMax: 500,
  rowBytesMax: 262_144,
  subscriptionsMax: 1_000,
  followedWeightMax: 4_000,
  filterNodesMax: 500,
  filterDepthMax: 32,
  listLengthMax: 1_000,
  patternLengthMax: 256,
  connectionsMax: 10_000,
  connectionsPerAddressMax: Number.POSITIVE_INFINITY,
  helloTimeoutMs: 10_000,
  queueBytesMax: 8_388_608,
  queueDrainMs: 60_000,
  framesWaitingMax: 1_000,
  bytesWaitingMax: 4 * 1_048_576,
  answerBytesMax: 67_108_864,
  answerPartBytes: 262_144,
  limitMargin: 64,
  batchEntriesMax: 256,
};

const meanings: Readonly<Record<BoundName, string>> = {
  writeOperationsMax: 'operations of a write',
  writeBytesMax: 'bytes of rows that a write leaves',
  rowAttributesMax: 'attributes of a row',
  rowBytesMax: 'bytes of a row',
  subscriptionsMax: 'subscriptions of a connection',
  followedWeightMax: 'that the queries of a connection weigh',
  filterNodesMax: 'statements and groups of a query',
  filterDepthMax: 'levels of nested filters',
  listLengthMax: 'members of a list',
  patternLengthMax: 'characters of a pattern',
  connectionsMax: 'connections of the server',
  connectionsPerAddressMax: 'connections of one address',
  helloTimeoutMs: 'ms until a hello',
  queueBytesMax: 'bytes that wait to be sent',
  queueDrainMs: 'milliseconds in which they are sent',
  framesWaitingMax: 'frames that wait',
  bytesWaitingMax: 'bytes of frames that wait',
  answerBytesMax: 'bytes of an answer or update',
  answerPartBytes: 'bytes in one frame of an answer',
  limitMargin: 'rows held beyond a limit',
  batchEntriesMax: 'entries of a batch',
};

/** Those that are to be other than the default. */
export type AskedBounds = { readonly [Name in BoundName]?: number | undefined };

/** The bounds with those that were asked for in their place. @throws RangeError for what bounds nothing, by its name */
export function boundsOf(asked: AskedBounds = {}): Bounds {
  const bounds = { ...defaultBounds, ...given(asked) };
  for (const [name, bound] of Object.entries(bounds)) {
    if (!Object.hasOwn(defaultBounds, name)) throw new RangeError(`there is no bound ${name}`);
    if (bound === Number.POSITIVE_INFINITY && name === 'connectionsPerAddressMax') continue;
    if (!Number.isSafeInteger(bound) || bound < 1) throw new RangeError(`${name} must be a whole number, at least 1, not ${bound}`);
  }
  return bounds;
}

/** To leave a bound undefined is not to name it. */
function given(asked: AskedBounds): Partial<Bounds> {
  return Object.fromEntries(Object.entries(asked).filter(([, bound]) => bound !== undefined));
}

/** The name of the error by which a bound is told, at the client and by the server. */
export const limitExceeded = 'LimitExceededError' as const;

/** For the message: which bound, and how much it lets pass. */
export function sayBound(name: BoundName, bounds: Bounds): string {
  return `over ${name}: ${bounds[name]} ${meanings[name]} at most`;
}
