/** The partition of live subscriptions into groups, and what a commit may cost each (H1, H2, H3, H4). */
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Row } from '../../vocabulary/values.ts';
import { boundsOf } from '../bounds/bounds.ts';
import { bytesOfRows } from '../bounds/write-bounds.ts';
import { withConnection, withServer } from '../change.ts';
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import { entryOf } from '../entry-of.ts';
import type { ServerInspection } from '../observations.ts';
import { isReadable } from '../permissions/permit.ts';
import { reject } from '../rejection.ts';
import type { CommitCost } from '../server-state.ts';
import { type State, wallMs } from '../state.ts';
import { satisfiesAll } from '../subscriptions/evaluate.ts';
import { windowOf } from '../subscriptions/window.ts';
import type { Change, Version } from '../writes/changes.ts';
import { keyOf, type Rows } from '../writes/log.ts';
import { copiesOf, costOfRow, unitsOf } from './cost-sizes.ts';
import { requireCostTold } from './cost-told.ts';

interface Member {
  readonly number: number;
  readonly connection: ConnectionState;
  readonly subscription: string;
  readonly query: Query;
  readonly group: string;
  readonly permit: Filter | null;
}

/** A group id stands for one normal form as long as it lives (H1). */
export function joinGroup(state: State, group: string, form: string, subscription: string): State {
  const known = state.server.groups[group];
  if (known !== undefined && known !== form)
    return reject('H1', 'different queries share', `${subscription} joined a group of another normal form`, [form], known);
  const living = new Set(membersOf(state).map((member) => member.group));
  const twin = Object.entries(state.server.groups).find(([id, other]) => other === form && id !== group && living.has(id));
  if (twin !== undefined)
    return reject('H1', 'equal queries do not share', `${subscription} did not join the group of its normal form`, [twin[0]], group);
  return withServer(state, { groups: { ...state.server.groups, [group]: form } });
}

/** Subscriptions answered and not unsubscribed, on connections that are live at the server. */
function membersOf(state: State): readonly Member[] {
  return everyMember(state).filter(({ connection, subscription }) => !connection.unsubscribed.includes(subscription));
}

/** Those included whose unsubscribe the server has received but perhaps not handled, since it waits its turn behind earlier frames. */
function everyMember(state: State): readonly Member[] {
  return Object.entries(state.connections).flatMap(([number, connection]) => {
    if (!connection.openAtServer || connection.serverClosing !== null) return [];
    return Object.entries(connection.subscriptions).flatMap(([subscription, { query, group, permit }]) =>
      group === null || connection.left.includes(subscription)
        ? []
        : [{ number: Number(number), connection, subscription, query, group, permit }],
    );
  });
}

/** At an unhindered quiescence every unsubscribe received has been handled. */
export function settleUnsubscribes(state: State): State {
  return Object.entries(state.connections).reduce(
    (before, [number, { unsubscribed, left }]) =>
      left.length === unsubscribed.length ? before : withConnection(before, Number(number), { left: unsubscribed }),
    state,
  );
}

/** Whether another member has left the group of this one: where it then falls behind, that is cross-talk (H4). */
export function hasLostMember(state: State, connection: number | null, subscription: string): boolean {
  const own = connection === null ? undefined : state.connections[connection];
  const group = entryOf(own?.subscriptions, subscription)?.group ?? null;
  if (own === undefined || group === null) return false;
  const living = membersOf(state);
  return Object.values(state.connections).some((other) =>
    Object.entries(other.subscriptions).some(
      ([name, known]) =>
        known.group === group &&
        (other.client !== own.client || name !== subscription) &&
        !living.some((member) => member.connection === other && member.subscription === name),
    ),
  );
}

export function costOf(state: State, version: Version, before: Rows, after: Rows, changes: readonly Change[]): CommitCost {
  const members = everyMember(state);
  const staying = new Set(membersOf(state).map((member) => member.group));
  const ids = [...new Set(members.map((member) => member.group))];
  const keys = [...new Set(changes.map((change) => keyOf(change.collection, change.id)))];
  const groups = ids.flatMap((group) => {
    const own = members.filter((member) => member.group === group);
    const [first] = own;
    if (first === undefined) return [];
    const touched = keys.some((key) => concerns(first, key, before) || concerns(first, key, after));
    const windows = touched ? [before, after].map((rows) => windowOf(first.query, first.permit, rows)) : [];
    const [then = {}, now = {}] = windows;
    const changed = touched && textOf(then) !== textOf(now);
    const told = changed ? cameOrChanged(then, now) : [];
    const tooLong = bytesOfRows(told) > boundsOf(state.configuration).answerBytesMax;
    const listening = own.filter(
      ({ subscription, connection: { accepted, unsubscribed } }) =>
        !unsubscribed.includes(subscription) &&
        accepted !== null &&
        (accepted.expiresAtMs === null || wallMs(state, 'server') < accepted.expiresAtMs),
    );
    const listeners = staying.has(group) ? listening.map(({ number }) => number) : [];
    return [{ group, touched, changed, tooLong, listeners, like: first, told }];
  });
  const most = {
    comparisons: sum(groups.map(({ like }) => sum(keys.map((key) => costToTry(like, key, before) + costToTry(like, key, after))))),
    // Once, however many groups tell of it.
    unitsEncoded: unitsOf([...new Set(groups.flatMap(({ told }) => told))]),
    attributesCopied: copiesOf(before, changes),
  };
  return { version, groups, most, evaluations: {}, encodings: {}, isSpentTold: false };
}

/** To hold the row of that key against what the members of a group ask and may read (H5). */
function costToTry({ query, permit }: Pick<Member, 'query' | 'permit'>, key: string, rows: Rows): number {
  const stored = rows[key];
  return stored !== undefined && key.startsWith(`${query.collection}/`) ? costOfRow(query, permit, stored.row) : 0;
}

/** Of each group with a limit: the rows that were written and may have left what it holds (H5). */
export function countDepartures(state: State, { groups }: CommitCost, before: Rows, changes: readonly Change[]): State {
  const keys = [...new Set(changes.map((change) => keyOf(change.collection, change.id)))];
  const counted = groups.flatMap(({ group, like }): (readonly [string, number])[] => {
    const left = keys.filter((key) => concerns(like, key, before)).length;
    return left === 0 ? [] : [[group, (state.server.departures[group] ?? 0) + left]];
  });
  return counted.length === 0 ? state : withServer(state, { departures: { ...state.server.departures, ...Object.fromEntries(counted) } });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What an update tells. */
function cameOrChanged(before: Rows, after: Rows): readonly Row[] {
  return Object.entries(after).flatMap(([key, stored]) => {
    const former = before[key];
    return former !== undefined && textOf({ [key]: former }) === textOf({ [key]: stored }) ? [] : [stored.row];
  });
}

/** An update over the bound ends the subscriptions that were to hear it, each by a failure (B4). */
export function failUntold(state: State, { groups }: CommitCost): State {
  const ended = groups.flatMap(({ group, tooLong }) => (tooLong ? [group] : []));
  if (ended.length === 0) return state;
  return Object.entries(state.connections).reduce((before, [number, { subscriptions }]) => {
    const left = Object.entries(subscriptions).map(([name, served]): [string, ServedSubscription] => [
      name,
      served.group !== null && ended.includes(served.group) ? { ...served, answered: false, group: null, failure: 'owed' } : served,
    ]);
    return withConnection(before, Number(number), { subscriptions: Object.fromEntries(left) });
  }, state);
}

/** Whether the row of that key satisfies the group's filter, its permission included. */
function concerns({ query, permit }: Pick<Member, 'query' | 'permit'>, key: string, rows: Rows): boolean {
  const stored = rows[key];
  if (stored === undefined || !key.startsWith(`${query.collection}/`)) return false;
  return satisfiesAll(stored.row, query.where) && isReadable(permit, stored.row);
}

/** Generations included: a row replaced by an equal one has changed. */
function textOf(rows: Rows): string {
  return JSON.stringify(
    Object.entries(rows)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, { generation, row }]) => [key, generation, sorted(row)]),
  );
}

function sorted(row: Row): readonly (readonly [string, unknown])[] {
  return Object.entries(row).sort(([left], [right]) => (left < right ? -1 : 1));
}

export function countEvaluation(state: State, group: string, version: Version): State {
  const { cost } = state.server;
  if (cost === null || cost.version !== version)
    return reject('H2', 'evaluated unasked', `group ${group} was evaluated for no commit`, ['no evaluation'], `version ${version}`);
  return withServer(state, { cost: { ...cost, evaluations: { ...cost.evaluations, [group]: (cost.evaluations[group] ?? 0) + 1 } } });
}

export function countEncoding(state: State, group: string, version: Version): State {
  const { cost } = state.server;
  if (cost === null || cost.version !== version)
    return reject('H2', 'encoded unasked', `an update of group ${group} was encoded for no commit`, ['no encoding'], `version ${version}`);
  return withServer(state, { cost: { ...cost, encodings: { ...cost.encodings, [group]: (cost.encodings[group] ?? 0) + 1 } } });
}

/** At the end of the task that committed: the bill (H2). */
export function settleCost(state: State): State {
  const { cost } = state.server;
  requireCostTold(state);
  if (cost === null) return state;
  const strangers = Object.keys(cost.evaluations).filter((group) => cost.groups.every((known) => known.group !== group));
  if (strangers.length > 0)
    reject('H2', 'evaluated without members', 'a commit cost a group that nobody is in', ['no evaluation'], strangers.join(' '));
  for (const { group, touched, changed, tooLong, listeners } of cost.groups) {
    // The writer may have fallen behind by its acknowledgement, just before its update (B6).
    const mustSend = !tooLong && listeners.some((number) => state.connections[number]?.behind === null);
    const evaluations = cost.evaluations[group] ?? 0;
    const encodings = cost.encodings[group] ?? 0;
    const least = changed && mustSend ? 1 : 0;
    const most = touched ? 1 : 0;
    if (evaluations < least || evaluations > most)
      reject(
        'H2',
        `${evaluations} evaluations`,
        `a commit cost group ${group} ${evaluations} evaluations`,
        [`${least} to ${most}`],
        `${evaluations}`,
      );
    if (encodings < least || encodings > (changed ? 1 : 0))
      reject(
        'H2',
        `${encodings} encodings`,
        `a commit cost group ${group} ${encodings} encodings`,
        [`${least} to ${changed ? 1 : 0}`],
        `${encodings}`,
      );
  }
  return withServer(state, { cost: null });
}

/** At quiescence the groups are exactly the partition of the live subscriptions by normal form (H1, H3). */
export function requirePartition(state: State, inspection: ServerInspection): void {
  const forms = new Map<string, string[]>();
  for (const member of membersOf(state)) {
    // The form was taken when the subscription was answered (`joinGroup`); a group id stands for one form.
    const form = state.server.groups[member.group] ?? '';
    forms.set(form, [...(forms.get(form) ?? []), `${member.connection.client}/${member.subscription}`]);
  }
  const expected = [...forms.values()].map((members) => members.sort().join(' ')).sort();
  const shown = inspection.groups
    .map((group) =>
      group.members
        .map((member) => `${member.connection}/${member.subscription}`)
        .sort()
        .join(' '),
    )
    .sort();
  if (JSON.stringify(expected) === JSON.stringify(shown)) return;
  const sayGroups = (groups: readonly string[]): string =>
    groups.length === 0 ? 'no groups' : groups.map((members) => (members === '' ? 'a group of nobody' : members)).join(' | ');
  reject('H3', 'partition', 'the sharing groups are not the partition of the live subscriptions', [sayGroups(expected)], sayGroups(shown));
}
