/** Compares what two runs came to: the part of the comparison that all relations have in common. */

import { entryOf } from '../../model/entry-of.ts';
import type { Row } from '../../vocabulary/values.ts';
import type { Finding } from '../checks/check.ts';
import { isStranger } from './ending.ts';
import type { ClientFinal, Final, Shown } from './final.ts';
import type { Comparison } from './relation.ts';

/** Whether the pair can be compared at all: only runs that decided the same writes in the same order must end alike. */
export function haveSameDecisions(left: Final, right: Final): boolean {
  return isSame(left.decisions, right.decisions);
}

/**
 * A client that was told the same of each of its writes and is connected in the end has had all of them decided: a
 * write more or less is no matter of order. Silent where the server lost its voice on the way.
 */
export function compareDecided(rule: string, left: Final, right: Final): Finding | null {
  if (left.wasInterrupted || right.wasInterrupted) return null;
  for (const [name, one, other] of pairs(left, right)) {
    if (!isCurrent(one) || !isCurrent(other) || !isSame(one.writes, other.writes)) continue;
    const decided = [[...one.decided].sort(), [...other.decided].sort()] as const;
    if (isSame(decided[0], decided[1])) continue;
    return {
      rule,
      shape: 'writes',
      message: `the server decided on other writes of ${name}`,
      allowed: [decided[0].join(' ') || 'none'],
      shown: decided[1].join(' ') || 'none',
    };
  }
  return null;
}

/** Statuses, and what is shown where both are connected. */
export function compareClients(rule: string, left: Final, right: Final): Comparison {
  return compareStatuses(rule, left, right) ?? compareResults(rule, left, right);
}

function compareStatuses(rule: string, left: Final, right: Final): Finding | null {
  const differing = pairs(left, right).find(([, one, other]) => one.status !== other.status);
  if (differing === undefined) return null;
  const [name, one, other] = differing;
  return { rule, shape: 'status', message: `${name} ended in another status`, allowed: [one.status], shown: other.status };
}

/** What is shown where both are connected. What the strangers of an ending show is compared, but no more than all pairs have. */
export function compareResults(rule: string, left: Final, right: Final): Comparison {
  let isIdle = true;
  for (const [name, one, other] of pairs(left, right)) {
    if (!isCurrent(one) || !isCurrent(other)) continue;
    for (const [subscription, shown] of Object.entries(one.subscriptions)) {
      const found = compareShown(rule, `${name}/${subscription}`, shown, entryOf(other.subscriptions, subscription));
      if (found !== null) return found;
      if (!isStranger(name) && saysSomething(shown)) isIdle = false;
    }
  }
  return isIdle ? 'idle' : null;
}

/** That two showed no rows is easily so. */
export function saysSomething({ rows, fulfilled }: Shown): boolean {
  return fulfilled && rows !== null && rows.length > 0;
}

export function compareShown(rule: string, name: string, one: Shown, other: Shown | undefined): Finding | null {
  if (isSame(one.rows, other?.rows) && one.fulfilled === other?.fulfilled && one.error === other.error) return null;
  const shape = isSame(one.rows, other?.rows) ? 'fulfilment' : 'rows';
  return { rule, shape, message: `${name} showed something else in the end`, allowed: [sayShown(one)], shown: sayShown(other) };
}

/** Connected, as far as anybody can tell: what it shows must be the latest (Q3). */
export function isCurrent(client: ClientFinal): boolean {
  return client.status === 'OPEN' && !client.isHalfOpen;
}

export function sayShown(shown: Shown | undefined): string {
  if (shown === undefined) return 'no such subscription';
  const error = shown.error === null ? '' : `, ${shown.error}`;
  return `${sayRows(shown.rows)}${shown.fulfilled ? '' : ', not fulfilled'}${error}`;
}

function sayRows(rows: readonly Row[] | null): string {
  if (rows === null) return 'nothing yet';
  return rows.length === 0 ? 'no rows' : rows.map((row) => JSON.stringify(row)).join(' ');
}

function pairs(left: Final, right: Final): readonly (readonly [string, ClientFinal, ClientFinal])[] {
  return Object.entries(left.clients).flatMap(([name, one]) => {
    const other = right.clients[name];
    return other === undefined ? [] : [[name, one, other] as const];
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
