/** The server takes a token, or refuses it, agrees with a client on a schema (S6, S11, C4), and notes what it was answered (W1). */
import type { Query } from '../../vocabulary/queries.ts';
import { withConnection } from '../change.ts';
import type { ConnectionState, ServedSubscription } from '../connection-state.ts';
import { readPermit } from '../permissions/permit.ts';
import { reject } from '../rejection.ts';
import { learnSchema, requireSchemaFits } from '../schema/schema-exchange.ts';
import { normalForm } from '../sharing/normal-form.ts';
import { type State, wallMs } from '../state.ts';
import type { Token } from '../tokens.ts';
import type { ServerWord } from '../wire/words.ts';
import { authorityOf, noteAnswered } from '../writes/appends.ts';
import { requireIncarnation } from '../writes/incarnations.ts';
import { requireKeysAsked } from './keys.ts';
import { judge, judgeFirst, sameRolesAtServer } from './token-judgement.ts';

type Acceptance = Extract<ServerWord, { readonly word: 'accepted' }>;

export function accept(state: State, connection: number, present: ConnectionState, { incarnation, diverged }: Acceptance): State {
  if (state.server.phase !== 'running')
    return reject('W2', 'accepted while down', `${present.client} was accepted while the server was not running`, ['nothing'], 'accepted');
  if (present.hello === null || present.accepted !== null)
    return reject('S11', 'accepted unasked', 'the server accepted a connection that had not said hello', [], 'accepted');
  const judgement = judge(state, present.hello.token);
  if (judgement !== 'good')
    return reject('S11', `accepted ${judgement}`, `the server accepted ${present.hello.token.label}`, [judgement], 'accepted');
  requireKeysAsked(state, present.hello);
  requireSchemaFits(state, present);
  requireIncarnation(state, present.hello.heard, incarnation, diverged);
  const named = withConnection(state, connection, { incarnation: incarnation ?? null, forked: diverged === true });
  const noted = noteAnswered(named, present.hello.clientId, present.hello.answered);
  return withAccepted(present.schema === 'received' ? learnSchema(noted, present, 'told') : noted, connection, present.hello.token);
}

function withAccepted(state: State, connection: number, token: ConnectionState['accepted'] & object): State {
  const untilExpiryMs = token.expiresAtMs === null ? null : token.expiresAtMs - wallMs(state, 'server');
  return withConnection(state, connection, { accepted: token, expiryDueMs: untilExpiryMs === null ? null : state.nowMs + untilExpiryMs });
}

export function acceptUpdate(state: State, connection: number, present: ConnectionState, request: number): State {
  const [oldest, ...rest] = present.updates;
  if (present.accepted === null || oldest === undefined || oldest.request !== request) {
    return reject(
      'S3',
      'answered out of order',
      'token updates are answered in order',
      [`request ${oldest?.request ?? 'none'}`],
      `request ${request}`,
    );
  }
  const judgement = judge(state, oldest.token);
  if (judgement !== 'good')
    return reject('S11', `accepted ${judgement}`, `the server accepted the update to ${oldest.token.label}`, [judgement], 'accepted');
  requireKeysAsked(state, oldest);
  if (!sameRolesAtServer(state, present.accepted, oldest.token)) {
    return reject(
      'S6',
      'accepted other roles',
      `the server accepted other roles with ${oldest.token.label}`,
      ['closed with ROLES_MISMATCH'],
      'accepted',
    );
  }
  const subscriptions = underClaims(state, present.subscriptions, oldest.token);
  return withAccepted(withConnection(state, connection, { updates: rest, subscriptions }), connection, oldest.token);
}

/** Those that mean something else under the new claims are answered anew; the others are left alone (S4, S6). */
function underClaims(state: State, subscriptions: ConnectionState['subscriptions'], token: Token): ConnectionState['subscriptions'] {
  const changed = Object.entries(subscriptions).map(([name, served]): [string, ServedSubscription] => {
    if (!served.answered || formOf(state, served.query, token) === served.form) return [name, served];
    return [name, { ...served, answered: false, group: null, stale: 'S6' }];
  });
  return Object.fromEntries(changed);
}

export function formOf(state: State, query: Query, token: Token): string {
  return normalForm(query, readPermit(authorityOf(state), token, query.collection), state.server.schemaVersion);
}

export function refuseUpdate(state: State, connection: number, present: ConnectionState, request: number, reason: string): State {
  const [oldest, ...rest] = present.updates;
  if (oldest === undefined || oldest.request !== request)
    return reject('S3', 'answered out of order', 'token updates are answered in order', [], `request ${request}`);
  const judgement = judgeFirst(state, oldest.token);
  if (judgement !== reason)
    return reject(
      'S11',
      `refused as ${reason}`,
      `the server refused the update to ${oldest.token.label} as ${reason}`,
      [judgement],
      reason,
    );
  requireKeysAsked(state, oldest);
  return withConnection(state, connection, { updates: rest });
}
