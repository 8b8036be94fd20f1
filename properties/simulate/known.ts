/** Known deviations in a simulation: they fail nothing, and each is told once, however many runs it ended. */
import type { Failure } from '../trace.ts';

/** What was looked at and is told by its name. */
export interface ListedDeviation {
  readonly name: string;
  readonly rule: string;
  readonly title: string;
  /** The first versions, by package, in which it is mended; absent or null: it is not, so far. */
  readonly fixedIn?: Readonly<Record<string, string>> | null | undefined;
}

export interface DeviationSighting extends ListedDeviation {
  /** In its own script or in a run; null: neither says. */
  readonly shows: boolean | null;
  /** How its own script ended; null: it has none, or it was not run to its end. */
  readonly ownScript: 'shows' | 'holds' | 'failsOtherwise' | null;
  /** Runs that ended in it; its own script does not count. */
  readonly runs: number;
}

export function isKnown({ known }: Failure): boolean {
  return known !== undefined;
}
