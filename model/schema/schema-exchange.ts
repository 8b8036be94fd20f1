/** What the server knows of its clients' schemas: by hash, or because it asked (C4). */

import { withConnection, withServer } from '../change.ts';
import type { ClientState } from '../client-state.ts';
import type { ConnectionState } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import { judge } from '../session/token-judgement.ts';
import type { State } from '../state.ts';
import { hashedPart, isCompatible } from './difference.ts';

/** A schema that was told is known for certain once something was decided by it: before that its token may have gone bad (C4). */
export function learnSchema(state: State, present: ConnectionState, how: 'told' | 'maybe'): State {
  const schema = present.clientSchema;
  if (schema === null) return state;
  const { knownSchemas } = state.server;
  const text = hashedPart(schema);
  if (knownSchemas[text] === 'own' || knownSchemas[text] === 'told') return state;
  return withServer(state, { knownSchemas: { ...knownSchemas, [text]: how } });
}

/** The schema that this connection's client said, by its hash; null: none, or not to be known from the hash (C4). */
export function isSchemaFit(state: State, present: ConnectionState): boolean {
  return state.decisions.isSchemaUntold(present) || isCompatible(present.clientSchema, state.server.schema);
}

export function standingOfSchema(state: State, present: ConnectionState): 'own' | 'told' | 'maybe' | 'unknown' {
  const schema = present.clientSchema;
  return schema === null ? 'own' : (state.server.knownSchemas[hashedPart(schema)] ?? 'unknown');
}

export function requireSchemaFits(state: State, present: ConnectionState): void {
  if (!isSchemaFit(state, present))
    reject('C4', 'accepted a broken client', `${present.client} has a schema that the server's breaks`, ['SCHEMA_MISMATCH'], 'accepted');
  if (present.hello?.schema !== null && standingOfSchema(state, present) === 'unknown' && present.schema !== 'received')
    reject('C4', 'accepted an unknown schema', `the schema of ${present.client} was never told`, ['the schema is asked for'], 'accepted');
}

/** Only for a good token, and only where the hash is not known (C4). */
export function askSchema(state: State, connection: number, present: ConnectionState): State {
  if (present.hello === null || present.accepted !== null || present.hello.schema === null || present.schema !== 'unasked')
    return reject('C4', 'schema asked', `the schema of ${present.client} was asked for out of turn`, ['nothing'], 'asked');
  const judgement = judge(state, present.hello.token);
  if (judgement !== 'good')
    return reject('C4', 'schema asked of a stranger', 'the token is judged before the schema', [judgement], 'asked');
  const standing = standingOfSchema(state, present);
  if (standing === 'own' || standing === 'told')
    return reject('C4', 'schema asked again', `the schema of ${present.client} is known`, ['accepted or SCHEMA_MISMATCH'], 'asked');
  return withConnection(state, connection, { schema: 'asked' });
}

/** A hash where there is a schema; equal schemas, equal hashes, and no others (C4). */
export function learnHash(state: State, { name, schema }: ClientState, hash: string | null): State {
  const text = schema === null ? null : hashedPart(schema);
  if (text === null || hash === null) {
    if (text === hash) return state;
    return reject('C4', 'schema hash', `${name} said a hash that is not its schema's`, [text === null ? 'none' : 'a hash'], hash ?? 'none');
  }
  const { hashes } = state.server;
  const other = Object.entries(hashes).find(([known, of]) => (known === hash) !== (of === text));
  if (other !== undefined) return reject('C4', 'schema hash', 'hashes are equal exactly where schemas are', [other[0]], hash);
  return withServer(state, { hashes: { ...hashes, [hash]: text } });
}
