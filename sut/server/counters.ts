/** What the server did since it started, in plain numbers: the costs that benchmarks and tests hold it to. */
import { type BoundName, defaultBounds } from '../protocol/bounds.ts';

/** Which bound something was over: one of those that have a name, or that of a frame. */
export type RefusalName = BoundName | 'frameBytesMax';

export interface Counters {
  /** Groups whose result was recomputed because of a commit. */
  evaluations: number;
  /** Rows tried against a group's filter to find out whether the group needs an evaluation. */
  probes: number;
  /** Updates of groups turned into text. */
  encodings: number;
  framesSent: number;
  /** Appends begun: of writes, rejections and schemas. */
  appends: number;
  /** Writes, queries, frames and connections over each bound (B3, B4, B5). */
  readonly refusals: Map<RefusalName, number>;
}

export function zeroCounters(): Counters {
  const names = [...Object.keys(defaultBounds), 'frameBytesMax'].filter(isRefusalName);
  return { evaluations: 0, probes: 0, encodings: 0, framesSent: 0, appends: 0, refusals: new Map(names.map((name) => [name, 0])) };
}

function isRefusalName(text: string): text is RefusalName {
  return text === 'frameBytesMax' || Object.hasOwn(defaultBounds, text);
}

export function countRefusal({ refusals }: Counters, name: RefusalName): void {
  refusals.set(name, (refusals.get(name) ?? 0) + 1);
}

/** As they stand now, whatever is counted later. */
export function copyOfCounters(counters: Counters): Counters {
  return { ...counters, refusals: new Map(counters.refusals) };
}
