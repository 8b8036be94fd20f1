/**
 * What of a batch is in the log though its outcome is unknown (W2): with `keepsTail` all of it, or its first `keptEntries`; without, nothing.
 */
import type { Chance } from '../generation/chance.ts';
import { entriesUnderWay } from '../generation/state/batches.ts';
import type { Forecast } from '../generation/state/state.ts';
import { plainerNumbers } from '../language/plainer-values.ts';
import { optional, whole } from '../language/shapes.ts';

export const keptEntries = optional(whole(1));

export interface Keeping {
  readonly keepsTail: boolean;
  readonly keptEntries?: number | undefined;
}

/** So many at most. */
export function keptOf(keeping: Keeping): number {
  return keeping.keepsTail ? (keeping.keptEntries ?? Number.POSITIVE_INFINITY) : 0;
}

export function sayKept({ keptEntries: most }: Keeping): string {
  if (most === undefined) return 'what it was appending is kept';
  return most === 1 ? 'the first entry of what it was appending is kept' : `the first ${most} entries of what it was appending are kept`;
}

export function drawKeeping(chance: Chance, forecast: Forecast): Keeping {
  if (!chance.percent(50)) return { keepsTail: false };
  const entries = entriesUnderWay(forecast);
  return entries > 1 && chance.percent(70) ? { keepsTail: true, keptEntries: chance.integer(1, entries - 1) } : { keepsTail: true };
}

export function* plainerKeeping({ keepsTail, keptEntries: most }: Keeping): Generator<Keeping> {
  if (keepsTail || most !== undefined) yield { keepsTail: false };
  if (most === undefined) return;
  yield { keepsTail };
  for (const fewer of plainerNumbers(most, 1)) yield { keepsTail, keptEntries: fewer };
}
