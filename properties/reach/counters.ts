/** Reads the counters of a thread: what was reached since they were read last. */

/** The global under which instrumented code finds them. */
export const countersName = '__reached__';

/** What was reached of a file, by the numbers of the instrumenter. */
export interface Reached {
  readonly path: string;
  readonly statements: readonly string[];
  readonly functions: readonly string[];
  /** A branch and which of its arms. */
  readonly branches: readonly (readonly [branch: string, arm: number])[];
}

interface Counters {
  readonly path: string;
  readonly s: Record<string, number>;
  readonly f: Record<string, number>;
  readonly b: Record<string, number[]>;
}

/** The counters stand at zero afterwards. */
export function takeReached(): readonly Reached[] {
  const all: unknown = Reflect.get(globalThis, countersName);
  if (typeof all !== 'object' || all === null) return [];
  return Object.values(all).filter(isCounters).map(taken);
}

function taken({ path, s, f, b }: Counters): Reached {
  const branches = Object.entries(b).flatMap(([branch, arms]) =>
    arms.flatMap((times, arm): (readonly [string, number])[] => (times > 0 ? [[branch, arm]] : [])),
  );
  const reached = { path, statements: aboveZero(s), functions: aboveZero(f), branches };
  for (const key of Object.keys(s)) s[key] = 0;
  for (const key of Object.keys(f)) f[key] = 0;
  for (const arms of Object.values(b)) arms.fill(0);
  return reached;
}

function aboveZero(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts).flatMap(([key, times]) => (times > 0 ? [key] : []));
}

function isCounters(value: unknown): value is Counters {
  return typeof value === 'object' && value !== null && 'path' in value && 's' in value && 'f' in value && 'b' in value;
}
