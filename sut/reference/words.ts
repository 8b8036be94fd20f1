/**
 * Our frames told in the words of sut/port/system.ts. What one connection must be remembered for is which subscription
 * follows which group: an update names the group alone. Meant for one end of a connection; each end has its own.
 */

import type { Row } from '../../vocabulary/values.ts';
import type { DescribedClose, Describer, WireWord } from '../port/system.ts';
import { clientIdOf } from '../protocol/client-id.ts';
import { decodeClientFrame, decodeCloseFrame, decodeServerFrame } from '../protocol/codec.ts';
import type { ClientFrame, ServerFrame } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';

/** Reading the frame has made sure of the id already. */
function isRow(attributes: StoredRow['attributes']): attributes is Row {
  return typeof attributes.id === 'string';
}

function rowsOf(rows: readonly StoredRow[]): readonly Row[] {
  return rows.map(({ attributes }) => attributes).filter(isRow);
}

export function describeConnection(): Describer {
  /** Asked for and not left; a late answer to one that was left begins nothing. */
  const asked = new Set<string>();
  const groupOf = new Map<string, string>();

  function followers(group: string): readonly string[] {
    return [...groupOf].flatMap(([subscription, followed]) => (followed === group ? [subscription] : []));
  }

  function ofClient(frame: ClientFrame): WireWord {
    switch (frame.type) {
      case 'hello':
        // The secret goes no further than this.
        return {
          word: 'hello',
          token: frame.token,
          clientId: clientIdOf(frame.secret),
          schema: frame.schema ?? null,
          answered: frame.answered,
          heard: frame.heard ?? null,
        };
      case 'schema':
        return { word: 'schemaSaid' };
      case 'updateToken':
        return { word: 'updateToken', request: frame.request, token: frame.token };
      case 'subscribe':
        asked.add(frame.subscription);
        return { word: 'subscribe', subscription: frame.subscription };
      case 'unsubscribe':
        asked.delete(frame.subscription);
        groupOf.delete(frame.subscription);
        return { word: 'unsubscribe', subscription: frame.subscription };
      case 'write':
        return { word: 'write', sequence: frame.sequence, id: frame.id, resent: frame.resent, answered: frame.answered };
      case 'ping':
        return { word: 'ping' };
    }
  }

  function ofServer(frame: ServerFrame): WireWord {
    switch (frame.type) {
      case 'accepted':
        return { word: 'accepted', incarnation: frame.incarnation, diverged: frame.diverged };
      case 'schemaRequested':
        return { word: 'schemaAsked' };
      case 'tokenAccepted':
        return { word: 'tokenAccepted', request: frame.request };
      case 'tokenRefused':
        return { word: 'tokenRefused', request: frame.request, reason: frame.reason };
      case 'answer': {
        const { subscription, group, version } = frame;
        if (asked.has(subscription)) groupOf.set(subscription, group);
        return { word: 'answered', subscription, group, version, rows: rowsOf(frame.rows) };
      }
      case 'update':
        return { word: 'updated', subscriptions: followers(frame.group), version: frame.version, rows: rowsOf(frame.upserts) };
      case 'acknowledged':
        return { word: 'acknowledged', sequence: frame.sequence, version: frame.version };
      case 'forked':
        return { word: 'forked', sequence: frame.sequence };
      case 'progress':
        return { word: 'progressed', version: frame.version };
      case 'pong':
        return { word: 'pong' };
      case 'rejected':
        return { word: 'rejected', sequence: frame.sequence, version: frame.version, error: frame.error.name, text: frame.error.message };
      case 'answerPart':
        return { word: 'answerPart', subscription: frame.subscription, rows: rowsOf(frame.rows) };
      case 'subscriptionFailed':
        return ofFailure(frame);
    }
  }

  function ofFailure({ subscription, group, error }: Extract<ServerFrame, { type: 'subscriptionFailed' }>): WireWord {
    if (group === undefined) asked.delete(subscription);
    else if (groupOf.get(subscription) === group) groupOf.delete(subscription);
    return { word: 'subscriptionFailed', subscription, error: error.name, ...(group !== undefined && { group }) };
  }

  return {
    fromClient: (data) => ofClient(decodeClientFrame(data)),
    fromServer: (data) => ofServer(decodeServerFrame(data)),
  };
}

export function describeClose(reason: string): DescribedClose | null {
  const frame = decodeCloseFrame(reason);
  return frame === null ? null : { reason: frame.type, retry: frame.retry, message: frame.message ?? null };
}
