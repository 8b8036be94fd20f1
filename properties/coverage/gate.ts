/** The judgement on what was explored: every cell that can be visited was, and none that cannot be. */

import { keysOf } from './alphabets.ts';
import { type FamilyName, families } from './cells.ts';
import { type Reason, reasons, unreachable } from './unreachable.ts';

/** Skips are avoided, not sought. */
const notSought: readonly FamilyName[] = ['skipped'];

export interface Judgement {
  /** Cells that can be visited. */
  readonly reachable: number;
  /** Those that were not, by name. */
  readonly unvisited: readonly string[];
  /** Cells that were visited, though a reason says that they cannot be. */
  readonly refuted: readonly { readonly cell: string; readonly times: number; readonly why: string }[];
  /** Reasons that cover no cell at all. */
  readonly idle: readonly Reason[];
}

/** By family, the cells that can be visited. */
export const reachable: Readonly<Partial<Record<FamilyName, readonly string[]>>> = Object.fromEntries(
  keysOf(families)
    .filter((family) => !notSought.includes(family))
    .map((family) => [family, families[family].filter((name) => !unreachable.has(`${family}:${name}`))]),
);

export function judgeCoverage(counts: Readonly<Record<string, number>>): Judgement {
  const cells = Object.entries(reachable).flatMap(([family, names]) => names.map((name) => `${family}:${name}`));
  return {
    reachable: cells.length,
    unvisited: cells.filter((cell) => (counts[cell] ?? 0) === 0),
    refuted: [...unreachable].flatMap(([cell, why]) => {
      const times = counts[cell] ?? 0;
      return times === 0 ? [] : [{ cell, times, why }];
    }),
    idle: reasons.filter(({ family, covers }) => !families[family].some(covers)),
  };
}
