/**
 * What was explored, as plain data: counters are grouped by their first word (`state:OPEN×heard pong`), and each group
 * is held against the names that it should have, so that what was never reached can be told. Every report draws from it.
 */
import { sayNumber } from '../terminal/text.ts';

/** The names that a group should hold; a group that is not here is told without a denominator. */
export type ExpectedCoverage = Readonly<Record<string, readonly string[]>>;
export type Counts = Readonly<Record<string, number>>;

export interface Cell {
  readonly name: string;
  readonly count: number;
}

export interface Family {
  /** The first word of its counters. */
  readonly name: string;
  /** The same for people. */
  readonly title: string;
  /** One line on what its cells are. */
  readonly about: string;
  /** What was reached, in the order in which it is expected, then by name. */
  readonly cells: readonly Cell[];
  /** Cells that can be reached; null where there is no such list. */
  readonly expected: readonly string[] | null;
  /** Expected and not reached. */
  readonly never: readonly string[];
}

interface Words {
  readonly title: string;
  readonly about: string;
}

/** Counters without a group go here; they are told one by one, not as a family. */
const ungrouped = 'other';
/** Groups of what should be rare, and one whose names are sizes: neither is sought, so neither is a family. */
const notSought: readonly string[] = ['skipped', 'twin-skipped', 'allowed'];

const words: Readonly<Record<string, Words>> = {
  rule: { title: 'rules', about: 'How often each rule of the specification was put to the test.' },
  step: { title: 'step kinds', about: 'Kinds of script steps that were executed.' },
  callback: { title: 'in callbacks', about: 'Callbacks of a client from within which a command was given.' },
  task: { title: 'tasks', about: 'Deliveries, completions and timers that the world let happen.' },
  status: { title: 'statuses', about: 'Session statuses that a client showed.' },
  saw: { title: 'observed', about: 'What the user of a client was shown.' },
  heard: { title: 'heard', about: 'Words of the server that a client heard.' },
  received: { title: 'received', about: 'Words of clients that the server received.' },
  close: { title: 'closes', about: 'Who closed a connection, and with which reason.' },
  input: { title: 'bad input', about: 'Nonsense that was sent to either end, and by strangers.' },
  state: { title: 'status × event', about: 'What happened to a client, by the status of its session.' },
  pair: { title: 'faults struck', about: 'Phase of the session × fault × phase of a subscription.' },
  milestone: { title: 'milestones', about: 'Situations that must sometimes happen.' },
  relation: { title: 'relations', about: 'Laws about two runs that were compared, and how that ended.' },
  'twin-step': { title: 'twins’ steps', about: 'Kinds of steps executed by the twins of relations.' },
};

export function familiesOf(coverage: Counts, expected: ExpectedCoverage): readonly Family[] {
  const groups = groupsOf(coverage);
  const names = new Set([...Object.keys(expected), ...[...groups.keys()].sort()]);
  return [...names]
    .filter((name) => name !== ungrouped && !notSought.includes(name))
    .map((name) => familyOf(name, groups.get(name) ?? new Map<string, number>(), expected[name] ?? null));
}

function familyOf(name: string, members: ReadonlyMap<string, number>, expected: readonly string[] | null): Family {
  const foreseen = expected ?? [];
  const others = [...members.keys()].filter((member) => !foreseen.includes(member)).sort();
  const cells = [...foreseen, ...others]
    .map((member) => ({ name: member, count: members.get(member) ?? 0 }))
    .filter(({ count }) => count > 0);
  const { title, about } = words[name] ?? { title: name, about: '' };
  return { name, title, about, cells, expected, never: foreseen.filter((member) => (members.get(member) ?? 0) === 0) };
}

/** Counters of one group, by name; none where there is no such group. */
export function membersOf(coverage: Counts, group: string): readonly Cell[] {
  return [...(groupsOf(coverage).get(group) ?? [])].map(([name, count]) => ({ name, count }));
}

/** Expected cells that were reached. */
export function visitedOf(family: Family): number {
  return family.expected === null ? family.cells.length : family.expected.length - family.never.length;
}

/** `37 of 37`; a bare number where nothing is expected. */
export function sayVisited(family: Family): string {
  return family.expected === null ? String(family.cells.length) : `${visitedOf(family)} of ${family.expected.length}`;
}

/** `a, b, c, and 12 more` */
export function sayNever({ never }: Family, most: number): string {
  return never.slice(0, most).join(', ') + (never.length > most ? `, and ${sayNumber(never.length - most)} more` : '');
}

/** `a 1`, `b 12`, `c 13` */
export function sayRarest({ cells }: Family): readonly string[] {
  return rarestOf(cells)
    .slice(0, 3)
    .map(({ name, count }) => `${name} ${sayNumber(count)}`);
}

/** Those with a share to tell. */
export function soughtFamilies(coverage: Counts, expected: ExpectedCoverage): readonly Family[] {
  return familiesOf(coverage, expected).filter((family) => family.expected !== null);
}

/** The least counted first; equal ones stay in their order. */
export function rarestOf(cells: readonly Cell[]): readonly Cell[] {
  return [...cells].sort((a, b) => a.count - b.count);
}

export function commonestOf(cells: readonly Cell[]): readonly Cell[] {
  return [...cells].sort((a, b) => b.count - a.count);
}

/** The sizes of the sets that the model allowed, from small to large; what is no number comes last. */
export function allowedSizes(coverage: Counts): readonly Cell[] {
  return [...membersOf(coverage, 'allowed')].sort((a, b) => firstNumber(a.name) - firstNumber(b.name));
}

function firstNumber(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? Number.POSITIVE_INFINITY : number;
}

function groupsOf(coverage: Counts): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const [name, count] of Object.entries(coverage)) {
    const colon = name.indexOf(':');
    const group = colon < 0 ? ungrouped : name.slice(0, colon);
    const members = groups.get(group) ?? new Map<string, number>();
    groups.set(group, members.set(name.slice(colon + 1), count));
  }
  return groups;
}
