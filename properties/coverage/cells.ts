/**
 * Every cell that there is, by family, with its place in one numeric table. All of it follows from alphabets that the
 * compiler holds complete, from the labels of the worlds, and from the lists of rules and milestones; nothing is kept by hand.
 */
import { helloTimerOf, holdableLabels, keySetTimeout, refreshTimeoutOf, toClient, toServer } from '../language/labels.ts';
import { stepKinds } from '../steps/index.ts';
import { callbackKinds, clientWords, nonsense, observations, serverWords, statuses, strangerWords } from './alphabets.ts';
import { closeNames } from './closes.ts';
import { milestoneProbes } from './milestones/index.ts';
import { pairNames } from './pairs.ts';
import { ruleProbes } from './rules/index.ts';
import { stateNames } from './states.ts';

/** `c2→server` and `c1→server` are one family. */
export function familyOf(label: string): string {
  return label.replace(/\bc\d+\b/g, 'c');
}

const taskFamilies: readonly string[] = [
  ...holdableLabels(['c1']),
  refreshTimeoutOf('c1'),
  keySetTimeout,
  helloTimerOf('c1'),
  toServer('c1'),
  toClient('c1'),
].map(familyOf);

export const families = {
  rule: ruleProbes.map(({ name }) => name),
  step: stepKinds,
  skipped: stepKinds,
  callback: callbackKinds,
  task: taskFamilies,
  status: statuses,
  saw: observations,
  heard: serverWords,
  received: clientWords,
  close: closeNames,
  input: [...nonsense.flatMap((kind) => [`to server ${kind}`, `to client ${kind}`]), ...strangerWords.map((said) => `stranger ${said}`)],
  state: stateNames,
  pair: pairNames,
  milestone: milestoneProbes.map(({ name }) => name),
} satisfies Readonly<Record<string, readonly string[]>>;

export type FamilyName = keyof typeof families;

const entries = Object.entries(families);

/** `rule:S1`, `state:OPEN×heard pong` … by place. */
export const cellNames: readonly string[] = entries.flatMap(([family, names]) => names.map((name) => `${family}:${name}`));

/** Where a family begins in the table. */
export function firstOf(family: FamilyName): number {
  const at = entries.findIndex(([name]) => name === family);
  return entries.slice(0, at).reduce((sum, [, names]) => sum + names.length, 0);
}

/** By family, from the names to their places in the table. */
export const places: Readonly<Record<FamilyName, Readonly<Record<string, number>>>> = placesOf();

function placesOf(): Readonly<Record<string, Readonly<Record<string, number>>>> {
  let place = 0;
  return Object.fromEntries(entries.map(([family, names]) => [family, Object.fromEntries(names.map((name) => [name, place++]))]));
}
