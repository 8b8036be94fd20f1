/**
 * How much the server may do for a commit or an answer (H5): bounds that follow from sizes alone. They are generous by a factor, since nobody
 * is told how to do it, and never by a size: what grows with the square of one goes over them.
 */
import { boundsOf } from '../bounds/bounds.ts';
import { withServer } from '../change.ts';
import { entryOf } from '../entry-of.ts';
import { readPermit } from '../permissions/permit.ts';
import { reject } from '../rejection.ts';
import { type State, versionOf } from '../state.ts';
import { windowOf } from '../subscriptions/window.ts';
import { authorityOf } from '../writes/appends.ts';
import type { Version } from '../writes/changes.ts';
import { rowsOf } from '../writes/log.ts';
import { costOfRow, unitsOf } from './cost-sizes.ts';
import { normalForm } from './normal-form.ts';
import type { Spent } from './spent.ts';

/** Generous by so much, and by a little for what is small. */
const factor = 4;
const least = 16;

/** All of a collection was looked through for a group: to begin it, or because so many rows have left it that its margin could not suffice. */
export function look(state: State, group: string, collection: string, rows: number): State {
  const { departures, cost, versions } = state.server;
  const held = rowsOf(versions[versionOf(state)] ?? {}, collection);
  if (rows > held.length)
    reject('H5', 'looked at too many rows', `group ${group} looked at rows of ${collection}`, [`${held.length} at most`], `${rows}`);
  const left = departures[group];
  if (left !== undefined) requireMayLookAgain(state, group, collection);
  const { limitMargin } = boundsOf(state.configuration);
  if (left !== undefined && left <= limitMargin)
    reject(
      'H5',
      'looked through too soon',
      `group ${group} looked through ${collection} once more`,
      [`after ${limitMargin + 1} departures`],
      `after ${left}`,
    );
  const looked = withServer(state, { departures: { ...departures, [group]: 0 }, lookUntold: group });
  const like = cost?.groups.find((known) => known.group === group)?.like;
  if (cost === null || like === undefined) return looked;
  const comparisons = cost.most.comparisons + sum(held.map((row) => costOfRow(like.query, like.permit, row)));
  return withServer(looked, { cost: { ...cost, most: { ...cost.most, comparisons } } });
}

/** Whether a row is in a result without a limit follows from the row alone, and in any from what is written alone. */
function requireMayLookAgain({ server, connections }: State, group: string, collection: string): void {
  const followers = Object.values(connections).flatMap(({ subscriptions }) => Object.values(subscriptions));
  const followed = followers.find((served) => served.group === group);
  const isLimited = followed === undefined || followed.query.limit !== undefined;
  if (isLimited && server.cost !== null) return;
  reject(
    'H5',
    'looked through again',
    `group ${group} looked through ${collection} once more`,
    ['no look'],
    isLimited ? 'without a commit' : 'without a limit',
  );
}

export function requireCommitCost(state: State, version: Version, spent: Spent): State {
  const { cost } = state.server;
  if (cost === null || cost.version !== version || cost.isSpentTold)
    return reject('H5', 'spent unasked', 'the server tells of a cost of no commit, or twice', ['nothing'], `version ${version}`);
  requireWithin(`the commit of version ${version}`, spent, cost.most);
  return withServer(state, { cost: { ...cost, isSpentTold: true }, lookUntold: null });
}

/** A look through the collection, and the rows that are told: those that are owed to many in one breath are made text once. */
export function requireAnswerCost(state: State, client: string, subscription: string, spent: Spent): State {
  const connections = Object.entries(state.connections).filter(([, connection]) => connection.client === client && connection.openAtServer);
  const all = state.server.versions[versionOf(state)] ?? {};
  const { madeText } = state.server;
  const bounds = connections.flatMap(([number, { accepted, subscriptions }]) => {
    const served = entryOf(subscriptions, subscription);
    if (served === undefined || accepted === null) return [];
    const { query, stale } = served;
    const permit = readPermit(authorityOf(state), accepted, query.collection);
    const told = Object.values(windowOf(query, permit, all)).map(({ row }) => row);
    const comparisons = sum(rowsOf(all, query.collection).map((row) => costOfRow(query, permit, row)));
    const form = normalForm(query, permit, state.server.schemaVersion);
    // A push owes its answers to all, the others are owed to one connection.
    const text = stale === null ? [] : [stale === 'C5' ? `C5 ${form}` : `${stale} of ${number} ${form}`];
    const isMadeText = text.some((each) => madeText.includes(each));
    return [{ comparisons, unitsEncoded: isMadeText ? 0 : unitsOf(told), attributesCopied: 0, text }];
  });
  const most = (measure: keyof Spent): number => Math.max(0, ...bounds.map((bound) => bound[measure]));
  requireWithin(`the answer to ${subscription} of ${client}`, spent, {
    comparisons: most('comparisons'),
    unitsEncoded: most('unitsEncoded'),
    attributesCopied: most('attributesCopied'),
  });
  return withServer(state, { madeText: [...madeText, ...textOfEach(bounds)], lookUntold: null });
}

/**
 * What is text now, whichever of its connections a client was answered on: a half-open one and the one that came after it may have the same subscription under
 * other permissions, and one of them is answered first.
 */
function textOfEach(bounds: readonly { readonly text: readonly string[] }[]): readonly string[] {
  const [first, ...others] = bounds;
  return (first?.text ?? []).filter((each) => others.every(({ text }) => text.includes(each)));
}

/** What was made text in a breath is gone with it. */
export function forgetTexts(state: State): State {
  return state.server.madeText.length === 0 ? state : withServer(state, { madeText: [] });
}

function requireWithin(what: string, spent: Spent, most: Spent): void {
  for (const measure of ['comparisons', 'unitsEncoded', 'attributesCopied'] as const) {
    const allowed = factor * most[measure] + least;
    if (spent[measure] > allowed)
      reject('H5', `too many ${measure}`, `${what} took too many ${measure}`, [`${allowed} at most`], `${spent[measure]}`);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
