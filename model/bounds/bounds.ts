/** How much of a client the server takes (B3, B4, B5, B6, Q7): the numbers of the law, and those of this run in their place. */
import type { Bounds } from '../../vocabulary/bounds.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';

const boundsByLaw: Bounds = {
  writeOperationsMax: 500,
  writeBytesMax: 1_024 * 1_024,
  rowAttributesMax: 500,
  rowBytesMax: 256 * 1_024,
  subscriptionsMax: 1_000,
  followedWeightMax: 4_000,
  filterNodesMax: 500,
  filterDepthMax: 32,
  listLengthMax: 1_000,
  patternLengthMax: 256,
  connectionsMax: 10_000,
  connectionsPerAddressMax: Number.POSITIVE_INFINITY,
  helloTimeoutMs: 10_000,
  queueBytesMax: 8 * 1_024 * 1_024,
  queueDrainMs: 60_000,
  framesWaitingMax: 1_000,
  bytesWaitingMax: 4 * 1_048_576,
  answerBytesMax: 64 * 1_024 * 1_024,
  answerPartBytes: 256 * 1_024,
  limitMargin: 64,
  batchEntriesMax: 256,
};

export const limitExceeded = 'LimitExceededError';

export function boundsOf({ bounds }: { readonly bounds?: Partial<Bounds> | undefined }): Bounds {
  return { ...boundsByLaw, ...bounds };
}

/** What a client judges by itself: the bounds of its server where it was given them, none where it means harm, else those of the law. */
export function boundsAtClient({ configuration }: State, name: ClientName): Bounds | null {
  const client = configuration.clients.find((candidate) => candidate.name === name);
  if (client?.ignoresBounds === true) return null;
  return boundsOf(client?.knowsBounds === true ? configuration : {});
}
