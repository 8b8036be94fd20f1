/**
 * The switch of the mutants: all of them are in one bundle, and at most one is active. Instrumented code asks it at every
 * place of a mutant, by the two names that the instrumenter gives these functions. It brings a switch of its own in the
 * head of every file, which counts at every visit; this one counts only when asked, and runs go faster by a third.
 */

/** The active mutant was visited far more often than ever without it: it loops. */
export class HitLimitError extends Error {
  override readonly name = 'HitLimitError';
}

/** How instrumented files import the two functions. */
export const switchNames = { isActive: 'stryMutAct_9fa48', cover: 'stryCov_9fa48' } as const;

const none = '';
let active: string = none;
let hits = 0;
let hitsMost = Number.POSITIVE_INFINITY;
let counts: Map<string, number> | null = null;

/** Whether the code at hand is to run as that mutant. @throws {HitLimitError} where it was asked too often */
export function stryMutAct_9fa48(mutant: string): boolean {
  if (mutant !== active) return false;
  hits += 1;
  if (hits > hitsMost) throw new HitLimitError(`visited more than ${hitsMost} times`);
  return true;
}

export function stryCov_9fa48(...mutants: readonly string[]): void {
  if (counts === null) return;
  for (const mutant of mutants) counts.set(mutant, (counts.get(mutant) ?? 0) + 1);
}

/** From here on the system runs as that mutant. */
export function activate(mutant: string, most: number): void {
  active = asWritten(mutant);
  hits = 0;
  hitsMost = most;
}

export function deactivate(): void {
  active = none;
}

export function isOverLimit(): boolean {
  return hits > hitsMost;
}

/** Each run has the whole limit. */
export function countFromZero(): void {
  hits = 0;
}

/** Which mutants are visited while the work goes on, and how often. */
export async function counting<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly visits: Map<string, number> }> {
  const visits = new Map<string, number>();
  counts = visits;
  try {
    return { result: await work(), visits };
  } finally {
    counts = null;
  }
}

/** As a literal of the program is held: such texts are compared by their address, at each of millions of visits. */
function asWritten(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}
