/**
 * Disconnected and connected again = never disconnected (Q4, W1): in the right script a client that is OPEN leaves for
 * a few steps of the others and comes back. In both scripts somebody deletes a row in that time and inserts another,
 * since rows that are gone and rows that are new are what a client that comes back has to learn.
 *
 * Precondition: coming back is possible, and nothing else notices when it happened. So the client's tokens are sound
 * and last, without a handler; keys stay; schemas and the server stay as they are; nothing of the client's own waits
 * for a callback. Both ends of the gap are quiet places (nothing is held, the client is not refused), and in between
 * it does nothing itself, since a write made while away commits later: the order must be the same. Heartbeats count
 * from the attempt, so silences that only they end (half-open lines, held links of the client, held appends) are left
 * out. A step of a kind not named here is left out until somebody thinks about it.
 */
import type { Script, Step, StepKind } from '../scripts/script.ts';
import { commandsOf, withSteps } from '../shrinking/walk.ts';
import { compareClients } from './compare.ts';
import { arriving, followingAll, insertingLike, rival, rowsOf, withEnding, withStranger } from './ending.ts';
import { preferred } from './preferred.ts';
import type { Relation } from './relation.ts';
import { concerns, isCommandOf, soundTokenOf, tamed, withSoundTokens } from './taming.ts';

const allowedKinds: readonly StepKind[] = [
  'startSession',
  'updateSessionToken',
  'endSession',
  'connect',
  'disconnect',
  'subscribe',
  'unsubscribe',
  'insert',
  'update',
  'delete',
  'transact',
  'together',
  'inCallback',
  'hold',
  'release',
  'deliver',
  'advance',
  'cut',
  'refuseConnections',
  'acceptConnections',
  'jumpWallClock',
];
const longestGapSteps = 6;

function isAllowed(step: Step, client: string): boolean {
  if (!allowedKinds.includes(step.do)) return false;
  switch (step.do) {
    case 'hold':
    case 'release':
    case 'deliver':
      return !concerns(step.label, client);
    case 'cut':
      return step.client !== client || step.how !== 'halfOpen';
    case 'inCallback':
      return !isCommandOf(step, client) && step.client !== client;
    default:
      return !commandsOf(step).some((command) => command.do === 'clear' && command.client === client);
  }
}

/** For each place (after that step): whether the client is surely OPEN there, and nothing is held or refused. */
function quietPlaces(steps: readonly Step[], client: string): readonly boolean[] {
  let isOpen = false;
  let isRefused = false;
  const held = new Set<string>();
  return steps.map((step) => {
    for (const command of commandsOf(step)) {
      if (command.client !== client) continue;
      if (command.do === 'startSession') isOpen = command.connect;
      if (command.do === 'disconnect' || command.do === 'endSession') isOpen = false;
    }
    if (step.do === 'hold') held.add(step.label);
    if (step.do === 'release') held.delete(step.label);
    if (step.do === 'cut' && step.client === client) isOpen = false;
    if (step.do === 'refuseConnections' && step.client === client) isRefused = true;
    if (step.do === 'acceptConnections' && step.client === client) isRefused = false;
    if (isRefused) isOpen = false;
    return isOpen && held.size === 0;
  });
}

/** How many of the steps from there on the client may be away for. */
function gapAt(steps: readonly Step[], client: string): number {
  const end = steps.findIndex((step) => {
    const isOthers = commandsOf(step).length > 0 && step.do !== 'inCallback' && !isCommandOf(step, client);
    return !isOthers && step.do !== 'advance';
  });
  return Math.min(longestGapSteps, end < 0 ? steps.length : end);
}

interface Place {
  readonly client: string;
  readonly steps: readonly Step[];
  /** The client leaves after so many steps. */
  readonly from: number;
  readonly gap: number;
}

function placesOf(script: Script, client: string): readonly Place[] {
  const token = soundTokenOf(script, client, null);
  if (token === undefined) return [];
  const steps = withSoundTokens(
    script.steps.filter((step) => isAllowed(step, client)),
    client,
    token,
  );
  const places = quietPlaces(steps, client).flatMap((isQuiet, index) =>
    isQuiet ? [{ client, steps, from: index + 1, gap: gapAt(steps.slice(index + 1), client) }] : [],
  );
  const eventful = places.filter(isEventful);
  return eventful.length > 0 ? eventful : places;
}

/** A client that follows something has something to miss. */
function isEventful({ client, steps, from }: Place): boolean {
  const before = steps.slice(0, from).flatMap(commandsOf);
  return before.some((command) => command.do === 'subscribe' && command.client === client);
}

/**
 * In the gap, where a row was there before: somebody deletes it, and inserts one like it under another id, so that most
 * pairs have a row to show in the end.
 */
function missed(script: Script, { steps, from }: Place, salt: number): readonly Step[] {
  const known = rowsOf(script, steps.slice(0, from));
  const one = preferred(salt, known, ({ collection, row }) => `${collection}/${row.id}`);
  if (one === undefined) return [];
  const { collection, row } = one;
  return [
    arriving(rival),
    followingAll(rival, collection),
    { do: 'delete', client: rival, collection, id: row.id },
    insertingLike(rival, one),
  ];
}

/** Steps are counted from 1, among those that the precondition leaves. */
function sayGap(from: number, gap: number): string {
  if (gap === 0) return `after step ${from}, where somebody deletes a row and inserts another`;
  return `from step ${from + 1} to step ${from + gap}, where somebody deletes a row and inserts another`;
}

export const reconnected: Relation = {
  name: 'reconnected',
  sentence: 'Who was disconnected and connected again is where it would be had it stayed.',
  rules: ['Q4', 'W1'],
  twinOf: (script, salt) => {
    const tame = tamed(script);
    const places = tame.configuration.clients.flatMap(({ name }) => placesOf(tame, name));
    const place = preferred(salt, places, ({ client, steps, from }) => `${client} ${JSON.stringify(steps[from - 1])}`);
    if (place === undefined) return null;
    const { client, steps, from, gap } = place;
    const before = steps.slice(0, from);
    const between = [...missed(tame, place, salt), ...steps.slice(from, from + gap)];
    const after = steps.slice(from + gap);
    const away: readonly Step[] = [{ do: 'disconnect', client }, ...between, { do: 'connect', client }];
    const whole = withStranger(tame, rival);
    return {
      left: withEnding(withSteps(whole, [...before, ...between, ...after])),
      right: withEnding(withSteps(whole, [...before, ...away, ...after])),
      difference: `${client} away ${sayGap(from, gap)}`,
    };
  },
  compare: (left, right) => compareClients('Q4', left, right),
};
