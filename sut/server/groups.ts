/**
 * All sharing groups of a server (H1 to H3): found by normal form when someone subscribes, by predicate when a row is
 * written, and gone with their last member.
 */

import type { Bounds } from '../protocol/bounds.ts';
import type { RowWrite } from '../query/kept-result.ts';
import type { NormalForm } from '../query/normal-form.ts';
import { createPredicateIndex } from '../query/predicate-index.ts';
import { compareText } from '../query/value.ts';
import type { Logger } from '../runtime/ports.ts';
import type { Counters } from './counters.ts';
import type { Database } from './database.ts';
import { createGroup, type Group, type GroupChange, type Member } from './group.ts';
import type { GroupView, ServerObserver } from './observer.ts';
import { type Encoded, encodeUpdate } from './row-frames.ts';
import { createRowTexts, type RowTexts } from './row-texts.ts';
import type { RowChange } from './rows.ts';

export interface Groups {
  /** The group of this normal form, with the member in it; its result is that of the database's current version. */
  join(form: NormalForm, member: Member, subscription: string): Group;
  /** Forgets the member's subscription, and the group with its last one. */
  leave(group: Group, member: Member, subscription: string): void;
  /** Brings every group up to date with a commit; returns those whose result changed, oldest group first. */
  evaluate(version: number, changes: readonly RowChange[]): readonly GroupChange[];
  /** Sends the changes of a commit, each to all members of its group, encoded once. Where one cannot be told, their subscriptions fail, and nothing else does (B4, H4). */
  publish(version: number, changes: readonly GroupChange[]): void;
  view(): readonly GroupView[];
  count(): number;
}

function viewOf(group: Group): GroupView {
  const members = [...group.members].flatMap(([{ label }, names]) =>
    [...names].map((subscription) => ({ connection: label, subscription })),
  );
  members.sort((left, right) => compareText(left.connection, right.connection) || compareText(left.subscription, right.subscription));
  return { id: group.id, members };
}

export function createGroups(
  database: Database,
  observer: ServerObserver,
  counters: Counters,
  bounds: Bounds,
  logger: Pick<Logger, 'error'>,
): Groups {
  const byKey = new Map<string, Group>();
  const index = createPredicateIndex<Group>(counters);
  let created = 0;

  /** The groups that one of the rows concerns, before or after, each with those rows. */
  function affected(changes: readonly RowChange[]): readonly (readonly [Group, readonly RowWrite[]])[] {
    const found = new Map<Group, RowWrite[]>();
    for (const change of changes) {
      visit(change, (group) => {
        counters.probes += 1;
        const seen = group.window.see(change);
        if (seen === undefined) return;
        const all = found.get(group);
        if (all === undefined) found.set(group, [seen]);
        else all.push(seen);
      });
    }
    return [...found].sort(([left], [right]) => left.ordinal - right.ordinal);
  }

  /** Each group that the row may concern, before or after, once. */
  function visit(change: RowChange, callback: (group: Group) => void): void {
    const { collection, before, after } = change;
    for (const row of [before, after]) {
      if (row === undefined) continue;
      index.visit(collection, row.attributes, (group) => {
        if (group.tried === change) return;
        group.tried = change;
        callback(group);
      });
    }
  }

  function find(form: NormalForm): Group {
    const known = byKey.get(form.key);
    if (known !== undefined) return known;
    created += 1;
    const { rowsLooked } = counters;
    const group = createGroup(created, form, () => database.rowsOf(form.collection), { margin: bounds.limitMargin, work: counters });
    observer.onLook(group.id, form.collection, counters.rowsLooked - rowsLooked);
    byKey.set(group.key, group);
    index.add(group, form);
    return group;
  }

  function leave(group: Group, member: Member, subscription: string): void {
    const names = group.members.get(member);
    names?.delete(subscription);
    if (names?.size === 0) group.members.delete(member);
    if (group.members.size > 0) return;
    byKey.delete(group.key);
    index.remove(group);
  }

  function encode(version: number, change: GroupChange, textOf: RowTexts): Encoded {
    const encoded = encodeUpdate(version, change, textOf, { bounds, counters, logger });
    if ('texts' in encoded) {
      counters.encodings += 1;
      observer.onEncode(change.group.id, version);
    }
    return encoded;
  }

  function tell(version: number, change: GroupChange, textOf: RowTexts): void {
    const { group } = change;
    let encoded: Encoded | undefined;
    for (const [member, names] of [...group.members]) {
      if (!member.isCurrent()) continue;
      encoded ??= encode(version, change, textOf);
      if ('texts' in encoded) {
        for (const frame of encoded.texts) member.sendUpdate(() => frame);
        continue;
      }
      for (const name of [...names]) {
        leave(group, member, name);
        member.drop(name, group.id, encoded.error);
      }
    }
  }

  return {
    join(form, member, subscription) {
      const group = find(form);
      const names = group.members.get(member);
      if (names === undefined) group.members.set(member, new Set([subscription]));
      else names.add(subscription);
      return group;
    },
    leave,
    evaluate(version, changes) {
      return affected(changes).flatMap(([group, seen]) => {
        counters.evaluations += 1;
        observer.onEvaluate(group.id, version);
        const { rowsLooked } = counters;
        const change = group.window.apply(seen);
        if (counters.rowsLooked > rowsLooked) observer.onLook(group.id, group.collection, counters.rowsLooked - rowsLooked);
        return change === undefined ? [] : [{ ...change, group }];
      });
    },
    publish(version, changes) {
      const textOf = createRowTexts(counters);
      for (const change of changes) tell(version, change, textOf);
    },
    view: () => [...byKey.values()].map(viewOf),
    count: () => byKey.size,
  };
}
