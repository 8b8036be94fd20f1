/** Pushes of schemas: judged at their turn, appended, and what follows for everybody connected (C3, C4, C5). */
import type { Schema } from '../../vocabulary/schemas.ts';
import { withServer } from '../change.ts';
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import { entryOf } from '../entry-of.ts';
import { reject } from '../rejection.ts';
import type { Push, PushOutcome } from '../server-state.ts';
import { type State, versionOf } from '../state.ts';
import { noteCommit } from '../wire/slow-readers.ts';
import { join, takeFirst } from '../writes/batch.ts';
import { issuesOfRows } from './conform.ts';
import { hashedPart, isCompatible } from './difference.ts';

export function pushSchema(state: State, push: string, schema: Schema): State {
  if (state.server.phase !== 'running')
    return withServer(state, { expectedPushes: { ...state.server.expectedPushes, [push]: { outcome: 'failed' } } });
  return withServer(state, { pushes: [...state.server.pushes, { push, schema }] });
}

function issuesNow(state: State, schema: Schema): readonly string[] {
  return issuesOfRows(schema, state.server.versions.at(-1) ?? {});
}

function outcomeNow(state: State, schema: Schema): PushOutcome {
  const issues = issuesNow(state, schema);
  const compatible = isCompatible(state.server.schema, schema);
  return { outcome: issues.length > 0 ? 'refused' : 'accepted', compatible, issues };
}

/** What it stands on may be in the batch: it is judged when that has come about. A system that does not say so when it refuses one has refused those before it. */
export function beginSchemaAppend(state: State): State {
  const { pushes, appending } = state.server;
  const [next, ...later] = pushes;
  if (next === undefined)
    return reject(
      'C3',
      'schema appended unasked',
      'a schema is being appended that nobody pushed, or that its data refuse',
      ['nothing'],
      'a schema',
    );
  const taken = withServer(state, { pushes: later });
  const outcome = appending === null ? outcomeNow(state, next.schema) : null;
  return outcome?.outcome === 'refused' ? beginSchemaAppend(expect(taken, next, outcome)) : join(taken, { what: 'schema', push: next });
}

/** Its turn has come, and the server says that rows forbid it. Where those are in the batch, nobody is told yet (W2). */
export function refuseSchema(state: State): State {
  const { pushes, appending } = state.server;
  const [next, ...later] = pushes;
  if (next === undefined) return reject('C3', 'schema refused unasked', 'a schema is refused that nobody pushed', ['nothing'], 'a refusal');
  const taken = withServer(state, { pushes: later });
  return appending === null ? concludeRefusal(taken, next) : join(taken, { what: 'refusal', push: next });
}

function concludeRefusal(state: State, push: Push): State {
  const outcome = outcomeNow(state, push.schema);
  if (outcome.outcome !== 'refused')
    return reject('C3', 'push refused', `${push.push} was refused, and no row forbids it`, [sayOutcome(outcome)], 'refused');
  return expect(state, push, outcome);
}

/** Those that stand on nothing any more that has not come about. */
export function concludeRefusals(state: State): State {
  const { appending } = state.server;
  if (appending?.phase !== 'durable' || appending.joined[0]?.what !== 'refusal') return state;
  const [{ push }, rest] = [appending.joined[0], takeFirst(state)[1]];
  return concludeRefusals(concludeRefusal(rest, push));
}

function expect(state: State, { push }: Push, outcome: PushOutcome): State {
  return withServer(state, { expectedPushes: { ...state.server.expectedPushes, [push]: outcome } });
}

export function commitSchema(state: State, version: number): State {
  if (state.server.appending?.joined.every(({ what }) => what !== 'schema') ?? true)
    return reject('C3', 'schema committed unbegun', 'a schema was committed without its append', ['nothing'], `version ${version}`);
  const [appending, rest] = takeFirst(state.decisions.settleCost(state));
  if (appending.what !== 'schema')
    return reject('W2', 'committed out of order', 'a schema overtook what is before it', ['the order of the batch'], `version ${version}`);
  if (version !== versionOf(state) + 1)
    return reject('W1', 'version skipped', 'versions count without gaps', [`version ${versionOf(state) + 1}`], `version ${version}`);
  const compatible = isCompatible(state.server.schema, appending.push.schema);
  const applied = applySchema(noteCommit(rest), appending.push);
  const told: PushOutcome = { outcome: 'accepted', compatible, issues: [] };
  const connections = Object.entries(applied.connections).map(([number, connection]): [string, ConnectionState] => [
    number,
    afterPush(applied, connection, appending.push.schema),
  ]);
  return withServer(
    { ...applied, connections: Object.fromEntries(connections) },
    {
      expectedPushes: { ...applied.server.expectedPushes, [appending.push.push]: told },
      cost: {
        version,
        groups: [],
        most: { comparisons: 0, unitsEncoded: 0, attributesCopied: 0 },
        evaluations: {},
        encodings: {},
        isSpentTold: false,
      },
    },
  );
}

/** The log holds it: from here on it is the schema, at a version that changes no row. */
export function applySchema(state: State, { push, schema }: Push): State {
  const issues = issuesNow(state, schema);
  if (issues.length > 0)
    return reject('C3', 'schema against its data', `${push} went into the log, though rows forbid it`, ['refused', ...issues], 'a schema');
  const { versions, schemaVersion, knownSchemas, ownSchemas } = state.server;
  return withServer(state, {
    schema,
    schemaVersion: schemaVersion + 1,
    versions: [...versions, versions.at(-1) ?? {}],
    ownSchemas: [...ownSchemas, hashedPart(schema)],
    knownSchemas: { ...knownSchemas, [hashedPart(schema)]: 'own' },
  });
}

/** Broken clients are closed; for the others every answer is given anew (C4, C5). */
function afterPush(state: State, connection: ConnectionState, schema: Schema): ConnectionState {
  if (!connection.openAtServer || connection.serverClosing !== null || connection.accepted === null) return connection;
  if (state.decisions.pushCloses(connection.clientSchema, schema))
    return { ...connection, mustClose: { rule: 'C4', reason: 'SCHEMA_MISMATCH', retry: false } };
  const subscriptions = Object.entries(connection.subscriptions).map(([name, served]): [string, ServedSubscription] => [
    name,
    served.answered ? { ...served, answered: false, group: null, stale: 'C5' } : served,
  ]);
  return { ...connection, subscriptions: Object.fromEntries(subscriptions) };
}

/** What `overrideSchema` resolved or rejected with. A system that does not say when it refuses one refuses it now, with nothing under way. */
export function settlePush(state: State, push: string, shown: PushOutcome): State {
  const { expectedPushes, pushes, appending } = state.server;
  const [next, ...later] = pushes;
  const isNext = !Object.hasOwn(expectedPushes, push) && next?.push === push && appending === null;
  const whole = isNext ? outcomeNow(state, next.schema) : entryOf(expectedPushes, push);
  const expected = whole === undefined ? undefined : state.decisions.outcomeTold(whole);
  if (expected === undefined || (isNext && expected.outcome !== 'refused'))
    return reject('C3', 'push settled early', `${push} settled before its turn`, ['not settled yet'], sayOutcome(shown));
  if ('compatible' in expected && 'compatible' in shown && shown.outcome === expected.outcome && shown.compatible !== expected.compatible)
    return reject('C2', 'push judged otherwise', `${push} was told to break clients or not`, [sayOutcome(expected)], sayOutcome(shown));
  if (sayOutcome(expected) !== sayOutcome(shown))
    return reject('C3', `push ${shown.outcome}`, `${push} came to another end`, [sayOutcome(expected)], sayOutcome(shown));
  const { [push]: _settled, ...rest } = expectedPushes;
  return withServer(state, { pushes: isNext ? later : pushes, expectedPushes: rest });
}

function sayOutcome(outcome: PushOutcome): string {
  if (!('issues' in outcome)) return outcome.outcome;
  return `${outcome.outcome}, ${outcome.compatible ? 'compatible' : 'incompatible'}${outcome.issues.map((issue) => `, ${issue}`).join('')}`;
}
