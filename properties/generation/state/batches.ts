/** The server's batches (W2), as the forecast has them: storage takes one, and what comes meanwhile waits for the next. */
import { append } from '../../language/labels.ts';
import { complete } from './route.ts';
import type { BatchedEntry, Call, Forecast, Happening } from './state.ts';

/** `conclude`: what follows when a batch is over whose entries were all kept, or which failed. */
export type Conclude = (forecast: Forecast, entries: readonly BatchedEntry[]) => void;

function batchOf(entries: readonly BatchedEntry[], conclude: Conclude): Happening {
  return { happen: (later) => conclude(later, entries), entries };
}

/** A connection has one write at a time in hand: the next one waits for a later batch. */
export function joinBatch(forecast: Forecast, entry: BatchedEntry, conclude: Conclude): void {
  const queue = forecast.held.get(append)?.queue ?? [];
  const before = queue.findLastIndex(({ entries }) => entries?.some(({ by }) => by !== null && by === entry.by) === true);
  const place = Math.max(1, before + 1);
  const waiting = queue[place]?.entries;
  if (waiting === undefined) complete(forecast, append, batchOf([entry], conclude));
  else queue[place] = batchOf([...waiting, entry], conclude);
}

/** How many entries are in the batch that storage has; 0: it has none that is held. */
export function entriesUnderWay(forecast: Forecast): number {
  return forecast.held.get(append)?.queue[0]?.entries?.length ?? 0;
}

/** A crash leaves so many of them in the log. */
export function keepUnderWay(forecast: Forecast, kept: number): void {
  keepFirst(forecast, forecast.held.get(append)?.queue[0]?.entries ?? [], kept);
}

export function keepFirst(forecast: Forecast, entries: readonly BatchedEntry[], kept: number): void {
  for (const { keep } of entries.slice(0, kept)) keep(forecast);
}

export function tellAll(forecast: Forecast, entries: readonly BatchedEntry[]): void {
  const calls: readonly Call[] = entries.map(({ tell }) => tell);
  for (const call of calls) call(forecast);
}
