/**
 * The end of every twin: the network heals, everybody connects, and a witness that had no part in the run reads all
 * that the server holds. The witness is how the server's rows are compared, without names of generations and without
 * looking into the server. When it leaves, all is looked at as it was; then everybody begins a session with a token
 * that is sound, so that few pairs end with nobody there to show anything, and the witness comes back.
 */
import type { Action } from '../../model/actions.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Script, Step } from '../scripts/script.ts';
import { commandsOf } from '../shrinking/walk.ts';
import { collectionsOf, type FreshToken, soundTokenOf } from './taming.ts';

/** No script names it: while shrinking, clients are dropped whose steps stay. */
const witness = 'c99';
/** Another, for relations that need one who acts. */
export const rival = 'c98';

export function isStranger(client: string): boolean {
  return client === witness || client === rival;
}

/** The first moment at which the ends of twins are compared: just before. */
export function isLeavingOfWitness(action: Action): boolean {
  return action.kind === 'command' && action.client === witness && action.command.do === 'disconnect';
}

/** `more` come when all that was there is connected and quiet. */
export function withEnding(script: Script, more: readonly Step[] = []): Script {
  const whole = withStranger(script, witness);
  return { ...whole, steps: [...script.steps, ...heal(script), ...witnessing(script), ...more, ...beginningAnew(script)] };
}

/** With one more client, for which the relation has steps of its own. */
export function withStranger(script: Script, name: string): Script {
  const { configuration } = script;
  return {
    ...script,
    configuration: { ...configuration, clients: [...configuration.clients, { name, knowsRoles: false, wallClockSkewMs: 0 }] },
  };
}

function heal({ configuration, steps }: Script): readonly Step[] {
  const held = new Set(steps.flatMap((step) => (step.do === 'hold' ? [step.label] : [])));
  const refused = new Set(steps.flatMap((step) => (step.do === 'refuseConnections' ? [step.client] : [])));
  return [
    ...[...refused].map((client): Step => ({ do: 'acceptConnections', client })),
    ...[...held].map((label): Step => ({ do: 'release', label })),
    ...configuration.clients.map(({ name }): Step => ({ do: 'connect', client: name })),
  ];
}

/** It inserts a row like one that the script knows, since many a script deletes all rows, and then no twin has any to show. */
function witnessing(script: Script): readonly Step[] {
  const [one] = rowsOf(script, script.steps);
  return [
    arriving(witness),
    ...collectionsOf(script).map((collection) => followingAll(witness, collection)),
    ...(one === undefined ? [] : [insertingLike(witness, one)]),
  ];
}

/** Who never had a token of its own is given one of somebody else, else the witness's. */
function beginningAnew(script: Script): readonly Step[] {
  const names = script.configuration.clients.map(({ name }) => name).filter((name) => !isStranger(name));
  const [anyToken = witnessToken] = names.flatMap((name) => soundTokenOf(script, name, null) ?? []);
  const sessions = names.map((client): Step => {
    const token = soundTokenOf(script, client, null) ?? anyToken;
    return { do: 'startSession', client, token, connect: true, refresh: null };
  });
  return [{ do: 'disconnect', client: witness }, ...sessions, { do: 'connect', client: witness }];
}

/** It bypasses permissions: who holds it may read and write every row. */
const witnessToken: FreshToken = {
  kind: 'fresh',
  user: 'witness',
  role: 'member',
  plan: 'free',
  lifetimeMs: null,
  validFromMs: null,
  flaw: 'none',
  secret: true,
};

export interface KnownRow {
  readonly collection: string;
  readonly row: Row;
}

/** The rows that are there from the beginning, and those that the steps insert. */
export function rowsOf({ configuration }: Script, steps: readonly Step[]): readonly KnownRow[] {
  const seeded = Object.entries(configuration.rows).flatMap(([collection, rows]) => rows.map((row) => ({ collection, row })));
  const inserted = steps.flatMap(commandsOf).flatMap((command) => (command.do === 'insert' ? [command] : []));
  return [...seeded, ...inserted];
}

/** A row like that one, under an id of the stranger's own. */
export function insertingLike(stranger: string, { collection, row }: KnownRow): Step {
  return { do: 'insert', client: stranger, collection, row: { ...row, id: `${stranger} row` } };
}

export function arriving(client: string): Step {
  return { do: 'startSession', client, token: witnessToken, connect: true, refresh: null };
}

export function followingAll(client: string, collection: string): Step {
  return { do: 'subscribe', client, subscription: `all ${collection}`, query: { collection, where: [], order: [] } };
}
