/** What was explored, in a few lines: counters are grouped by their first word, and what can be there but is not is named. */
import { sayNumber, sayShare } from './text.ts';

/** The names that a group should hold; a group that is not here is told without a denominator. */
export type ExpectedCoverage = Readonly<Record<string, readonly string[]>>;

export interface CoverageLine {
  readonly group: string;
  readonly text: string;
}

/** Where a counter without a group goes. */
const ungrouped = 'other';
/** Of those, what is as good as an excuse: time that was meant to flow and did not. Told even where it never happened. */
const excuses: readonly string[] = ['advance cut short'];
/** Groups of what should be rare: the commonest first, and all of it. */
const regretted: readonly string[] = ['skipped', 'twin-skipped'];
/** Groups whose names are sizes: their distribution is what matters. */
const histograms: readonly string[] = ['allowed'];
/** Groups of few and short names: each is told with its count. */
const toldWhole: readonly string[] = ['rule'];
/** Groups of which what was never reached is told at some length. */
const toldAtLength: readonly string[] = ['milestone'];

/** Names told when they are missing; more of them where that is what matters. */
const namesTold = 4;
const namesToldAtLength = 12;

export function coverageLines(coverage: Readonly<Record<string, number>>, expected: ExpectedCoverage): readonly CoverageLine[] {
  const groups = groupsOf(coverage);
  const names = new Set([...Object.keys(expected), ...[...groups.keys()].sort()]);
  const single = groups.get(ungrouped);
  const lines = [...names]
    .filter((group) => group !== ungrouped)
    .map((group) => ({ group, text: sayMembers(group, groups.get(group) ?? new Map<string, number>(), expected[group]) }));
  return [...lines, ...excuses.map((group) => ({ group, text: sayNumber(single?.get(group) ?? 0) }))];
}

function sayMembers(group: string, members: ReadonlyMap<string, number>, expected: readonly string[] | undefined): string {
  if (histograms.includes(group)) return sayHistogram(members);
  return regretted.includes(group) ? sayCommonest(members) : sayGroup(group, members, expected);
}

function groupsOf(coverage: Readonly<Record<string, number>>): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const [name, count] of Object.entries(coverage)) {
    const colon = name.indexOf(':');
    const group = colon < 0 ? 'other' : name.slice(0, colon);
    const members = groups.get(group) ?? new Map<string, number>();
    groups.set(group, members.set(name.slice(colon + 1), count));
  }
  return groups;
}

function sayGroup(group: string, members: ReadonlyMap<string, number>, expected: readonly string[] | undefined): string {
  const reached = [...members].filter(([, count]) => count > 0);
  if (expected === undefined) return `${reached.length}; ${sayRarest(reached)}`;
  const missing = expected.filter((name) => (members.get(name) ?? 0) === 0);
  const share = missing.length === 0 ? `all ${expected.length}` : `${expected.length - missing.length} of ${expected.length}`;
  const never = missing.length === 0 ? '' : `; never: ${sayFew(missing, toldAtLength.includes(group) ? namesToldAtLength : namesTold)}`;
  if (reached.length === 0) return share;
  if (toldWhole.includes(group)) return `${share}${never}; ${sayCounts(expected, members)}`;
  return `${share}${never}; ${sayRarest(reached)}`;
}

/** `S1 1,306, S2 90, …`, in the order in which they are expected. */
function sayCounts(expected: readonly string[], members: ReadonlyMap<string, number>): string {
  return expected.flatMap((name) => (members.has(name) ? `${name} ${sayNumber(members.get(name) ?? 0)}` : [])).join(', ');
}

/** `release 194, deliver 108, …`. */
function sayCommonest(members: ReadonlyMap<string, number>): string {
  const commonest = [...members].sort(([, a], [, b]) => b - a);
  return commonest.map(([name, count]) => `${name} ${sayNumber(count)}`).join(', ');
}

/** `1: 90 %, 2: 8 %, 3–4: 2 %`. */
function sayHistogram(members: ReadonlyMap<string, number>): string {
  const whole = [...members.values()].reduce((sum, count) => sum + count, 0);
  const sizes = [...members].sort(([a], [b]) => firstNumber(a) - firstNumber(b));
  return sizes.map(([size, count]) => `${size}: ${sayShare(count, whole)}`).join(', ');
}

/** What is no number comes last. */
function firstNumber(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? Number.POSITIVE_INFINITY : number;
}

function sayRarest(members: readonly (readonly [string, number])[]): string {
  const rarest = [...members].sort(([, a], [, b]) => a - b).slice(0, 3);
  return `rarest: ${rarest.map(([name, count]) => `${name} (${sayNumber(count)})`).join(', ')}`;
}

function sayFew(names: readonly string[], most: number): string {
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
