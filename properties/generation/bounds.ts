/** Bounds so low that runs meet them from both sides (B3, B4, B5): of each kind some runs have one, and most of them few. */
import type { BoundName, Bounds } from '../../vocabulary/bounds.ts';
import type { Chance } from './chance.ts';

/** A row of the suite has four to six attributes, and sixty to a hundred bytes. */
const tight: Readonly<Record<BoundName, readonly number[]>> = {
  writeOperationsMax: [1, 2, 3],
  rowAttributesMax: [3, 4, 5, 6],
  rowBytesMax: [50, 60, 70, 80, 100],
  subscriptionsMax: [1, 2, 3],
  filterNodesMax: [1, 2, 3, 5],
  filterDepthMax: [1, 2],
  listLengthMax: [1, 2],
  patternLengthMax: [1, 2, 4],
  connectionsMax: [1, 2, 2, 3, 3],
  connectionsPerAddressMax: [1, 1, 2],
  helloTimeoutMs: [250, 1_000, 5_000],
};

/** Undefined where none was drawn. What a full connection does takes several steps to come to, so that bound is there more often. */
export function drawBounds(chance: Chance): Partial<Bounds> | undefined {
  const drawn = Object.entries(tight).flatMap(([name, most]) =>
    chance.percent(name === 'subscriptionsMax' ? 45 : 20) ? [[name, chance.pick(most)]] : [],
  );
  return drawn.length === 0 ? undefined : Object.fromEntries(drawn);
}
