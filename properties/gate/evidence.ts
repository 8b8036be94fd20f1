/** What a verdict rests on, so that somebody else can look at the same: which code, under which Node, how much of what can be explored was. */
import { reachableWith } from '../coverage/threshold.ts';
import type { Capability } from '../language/capabilities.ts';
import type { Simulation } from '../simulate/simulation.ts';

export interface Evidence {
  /** The day that was given, `YYYY-MM-DD`; null: none was, and none is assumed. */
  readonly date: string | null;
  /** The version of Lockstep. */
  readonly lockstep: string;
  /** The commit of Lockstep that judged, and whether anything was changed since; empty: it is no git repository. */
  readonly commit: string;
  readonly node: string;
  /** As Node names operating system and processor. */
  readonly platform: string;
}

/** Cells that were visited, of those that the system can visit. */
export interface Explored {
  readonly rules: Share;
  readonly cells: Share;
}
export interface Share {
  readonly visited: number;
  readonly all: number;
}

export function exploredIn({ coverage }: Pick<Simulation, 'coverage'>, capabilities: readonly Capability[]): Explored {
  const cells = Object.entries(reachableWith(capabilities)).flatMap(([family, names]) => names.map((name) => `${family}:${name}`));
  return {
    rules: shareOf(
      cells.filter((cell) => cell.startsWith('rule:')),
      coverage,
    ),
    cells: shareOf(cells, coverage),
  };
}

function shareOf(cells: readonly string[], coverage: Simulation['coverage']): Share {
  return { visited: cells.filter((cell) => (coverage[cell] ?? 0) > 0).length, all: cells.length };
}
