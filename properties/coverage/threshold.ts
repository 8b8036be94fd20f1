/** The judgement on what was explored: every cell that can be visited was, none that cannot be, and the model allowed little. */
import { allCapabilities, type Capability } from '../language/capabilities.ts';
import { judgeAllowed, type LargeSets } from './allowed.ts';
import { keysOf } from './alphabets.ts';
import { applicable } from './applicable.ts';
import { type FamilyName, families } from './cells.ts';
import { type Reason, reasons, unreachable } from './unreachable.ts';

/** Skips are avoided, not sought. */
const notSought: readonly FamilyName[] = ['skipped'];

export interface Judgement {
  /** Cells that are demanded. */
  readonly demanded: number;
  /** Those of them that were not visited, by name. */
  readonly unvisited: readonly string[];
  /** Cells that were visited, though a reason says that they cannot be. */
  readonly refuted: readonly { readonly cell: string; readonly times: number; readonly why: string }[];
  /** Reasons that cover no cell at all. */
  readonly idle: readonly Reason[];
  /** Null where few enough of the allowed sets are large. */
  readonly large: LargeSets | null;
}

type Cells = Readonly<Partial<Record<FamilyName, readonly string[]>>>;

/** By family, the cells that a system with these capabilities can visit. */
export function reachableWith(capabilities: readonly Capability[]): Cells {
  const sought = keysOf(families).filter((family) => !notSought.includes(family));
  return Object.fromEntries(
    sought.flatMap((family) => {
      const visitable = families[family].filter((name) => !unreachable.has(`${family}:${name}`));
      const names = applicable(family, visitable, capabilities);
      return names.length === 0 ? [] : [[family, names]];
    }),
  );
}

/** Of a system that has everything. */
export const reachable: Cells = reachableWith(allCapabilities);

/** What is not applicable to a system is not demanded. */
export function judgeCoverage(counts: Readonly<Record<string, number>>, demanded: Cells = reachable): Judgement {
  const demands = Object.entries(demanded).flatMap(([family, names]) => demandsOf(family, names));
  return {
    demanded: demands.length,
    unvisited: demands.filter(({ cells }) => cells.every((cell) => (counts[cell] ?? 0) === 0)).map(({ name }) => name),
    refuted: [...unreachable].flatMap(([cell, why]) => {
      const times = counts[cell] ?? 0;
      return times === 0 ? [] : [{ cell, times, why }];
    }),
    idle: reasons.filter(({ family, covers }) => !families[family].some(covers)),
    large: judgeAllowed(counts),
  };
}

/** One of the cells is to be visited. */
interface Demand {
  readonly name: string;
  readonly cells: readonly string[];
}

function demandsOf(family: string, names: readonly string[]): readonly Demand[] {
  return family === 'pair' ? pairDemands(names) : names.map((name) => ({ name: `${family}:${name}`, cells: [`${family}:${name}`] }));
}

/**
 * Of session phase × fault × subscription phase every two are to meet, whatever the third is. The triples are counted
 * and reported; to demand each of them would take ten times the runs, since many are as rare as the product of two rarities.
 */
function pairDemands(names: readonly string[]): readonly Demand[] {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const [phase = '', fault = '', subscription = ''] = name.split('×');
    for (const two of [`${phase}×${fault}×any`, `any×${fault}×${subscription}`, `${phase}×any×${subscription}`]) {
      found.set(two, [...(found.get(two) ?? []), `pair:${name}`]);
    }
  }
  return [...found].map(([two, cells]) => ({ name: `pair:${two}`, cells }));
}
