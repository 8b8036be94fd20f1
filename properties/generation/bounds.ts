/** Bounds so low that runs meet them from both sides (B3 to B6): of each kind some runs have one, and most of them few. */
import type { BoundName, Bounds } from '../../vocabulary/bounds.ts';
import { keysOf } from '../driving/wire-words.ts';
import type { Chance } from './chance.ts';

/** A row of the suite has four to six attributes, and sixty to a hundred bytes. */
const tight: Readonly<Record<BoundName, readonly number[]>> = {
  writeOperationsMax: [1, 2, 3],
  writeBytesMax: [80, 120, 160, 250],
  rowAttributesMax: [3, 4, 5, 6],
  rowBytesMax: [50, 60, 70, 80, 100],
  subscriptionsMax: [1, 2, 3],
  followedWeightMax: [2, 4, 6, 30, 45, 110, 150],
  filterNodesMax: [1, 2, 3, 5],
  filterDepthMax: [1, 2],
  listLengthMax: [1, 2],
  patternLengthMax: [1, 2, 4],
  connectionsMax: [1, 2, 2, 3, 3],
  connectionsPerAddressMax: [1, 1, 2],
  helloTimeoutMs: [250, 1_000, 5_000],
  queueBytesMax: [1, 200, 400, 1_000],
  queueDrainMs: [1_000, 20_000],
  answerBytesMax: [70, 100, 150, 200, 300],
  answerPartBytes: [1, 150, 290, 440],
  limitMargin: [1, 1, 2],
  batchEntriesMax: [1, 1, 2],
  framesWaitingMax: [1, 1, 2],
  bytesWaitingMax: [100, 300, 600],
};

/** Between what the honest do and what an attack takes: they seldom meet these, and it does all the time. */
export const attackedBounds: Partial<Bounds> = {
  writeOperationsMax: 12,
  writeBytesMax: 3_000,
  rowAttributesMax: 12,
  rowBytesMax: 1_000,
  subscriptionsMax: 24,
  followedWeightMax: 1_000,
  filterNodesMax: 40,
  filterDepthMax: 8,
  listLengthMax: 12,
  patternLengthMax: 40,
  queueBytesMax: 8_000,
  queueDrainMs: 20_000,
  framesWaitingMax: 8,
  bytesWaitingMax: 6_000,
  answerBytesMax: 12_000,
  answerPartBytes: 2_000,
  limitMargin: 4,
};

/** What a full connection does, a slow reader, an answer in parts or a limit that runs dry takes several steps to come to. */
const oftener: readonly string[] = [
  'subscriptionsMax',
  'followedWeightMax',
  'queueBytesMax',
  'answerPartBytes',
  'limitMargin',
  'batchEntriesMax',
] satisfies readonly BoundName[];

/** Undefined where none was drawn. */
export function drawBounds(chance: Chance): Partial<Bounds> | undefined {
  const drawn = keysOf(tight).flatMap((name) =>
    chance.percent(oftener.includes(name) ? 45 : 20) ? [[name, chance.pick(tight[name])]] : [],
  );
  if (drawn.length === 0) return undefined;
  const bounds: Partial<Bounds> = Object.fromEntries(drawn);
  // Who may be behind is to be given up in some runs.
  return bounds.queueBytesMax === undefined ? bounds : { queueDrainMs: chance.pick(tight.queueDrainMs), ...bounds };
}
