/** The writes that the server appends: each judged at its turn, told when its batch is durable (S5, W1, W2, W4, W6). */
import type { Bounds } from '../../vocabulary/bounds.ts';
import type { Row } from '../../vocabulary/values.ts';
import { boundsOf, limitExceeded } from '../bounds/bounds.ts';
import { isRowOver, isWriteOver } from '../bounds/write-bounds.ts';
import { clientOf, withClient, withServer } from '../change.ts';
import type { ClientState } from '../client-state.ts';
import { entryOf } from '../entry-of.ts';
import type { ClientName } from '../observations.ts';
import { type Authority, mayWrite } from '../permissions/permit.ts';
import { reject } from '../rejection.ts';
import { issuesOfRow } from '../schema/conform.ts';
import type { Decision, Joined } from '../server-state.ts';
import { costOf, countDepartures, failUntold } from '../sharing/sharing.ts';
import { type State, wallMs } from '../state.ts';
import type { Token } from '../tokens.ts';
import { noteCommit } from '../wire/slow-readers.ts';
import { join, joinedWrites, takeFirst } from './batch.ts';
import type { Change, Write } from './changes.ts';
import { isRefusedByStorage, storageRefused } from './dissolving.ts';
import { apply, applyAll, keyOf, type Rows } from './log.ts';

export function authorityOf(state: State): Authority {
  return { schema: state.server.schema, roles: state.configuration.roles, mayUpdate: state.decisions.mayUpdate };
}

/** The last number of that client id that is used up, in the log. */
function lastSequence({ server }: State, clientId: string): number {
  return entryOf(server.decisions, clientId)?.length ?? 0;
}

/** A client says up to which number it was answered; it cannot have been answered beyond what is decided (W1). */
export function noteAnswered(state: State, clientId: string, upTo: number): State {
  const { answered } = state.server;
  const known = Math.max(entryOf(answered, clientId) ?? 0, Math.min(upTo, lastSequence(state, clientId)));
  return withServer(state, { answered: { ...answered, [clientId]: known } });
}

/** It joins the batch. From `exp` on no append begins; a sequence number begins once (S5, W1). */
export function beginAppend(
  state: State,
  name: ClientName,
  clientId: string,
  sequence: number,
  id: string | null,
  together: readonly number[] | undefined,
): State {
  if (entryOf(state.clients, name) === undefined)
    return reject('W6', 'written as another', 'somebody writes under an id whose secret he lacks', ['nothing'], `append of ${sequence}`);
  const last = lastSequence(state, clientId) + joinedWrites(state).filter((write) => write.clientId === clientId).length;
  if (sequence !== last + 1)
    return reject('W1', 'applied again', `write ${sequence} of ${name} was not next`, [`write ${last + 1}`], `append of ${sequence}`);
  const epoch = epochNamed(clientOf(state, name), clientId);
  const now = wallMs(state, 'server');
  const carrying = Object.values(state.connections).flatMap((connection) => {
    const sent = connection.writesSent[sequence];
    const { accepted } = connection;
    return sent !== undefined &&
      sent.id === id &&
      connection.client === name &&
      connection.epoch === epoch &&
      connection.openAtServer &&
      connection.serverClosing === null &&
      !connection.forked &&
      connection.writesReceived.includes(sequence) &&
      accepted !== null &&
      (accepted.expiresAtMs === null || now < accepted.expiresAtMs)
      ? [{ token: accepted, sent, connection }]
      : [];
  });
  const [first] = carrying;
  if (first === undefined)
    return reject(
      'S5',
      'append after expiry',
      `an append began for ${name} without a valid token`,
      ['no append begins'],
      `append of ${sequence}`,
    );
  const { sent, connection } = first;
  const asOne = together?.flatMap((each) => connection.writesSent[each] ?? []);
  const carriers = carrying.map(({ token }) => token);
  const isRefused = isRefusedByStorage(state, clientId, sequence, sent.id);
  return join(state, { what: 'write', client: name, epoch, clientId, sequence, sent, carriers, together: asOne, isRefused });
}

function epochNamed(client: ClientState, clientId: string): number {
  const found = Object.entries(client.clientIds).find(([, id]) => id === clientId);
  if (found === undefined)
    return reject('K1', 'unknown client id', `${client.name} never said that id`, Object.values(client.clientIds), clientId);
  return Number(found[0]);
}

/** A commit or, with an error, a rejection: what the append was begun for, at the next version (W1, W4). */
export function concludeAppend(state: State, clientId: string, sequence: number, version: number, error: string | null): State {
  if (joinedWrites(state).every((write) => write.clientId !== clientId || write.sequence !== sequence))
    return reject('W1', 'committed unbegun', `write ${sequence} of ${clientId} committed without its append`, [], `commit of ${sequence}`);
  const [appending, rest] = takeFirst(state.decisions.settleCost(state));
  const { versions } = rest.server;
  if (appending.what !== 'write' || appending.clientId !== clientId || appending.sequence !== sequence)
    return reject(
      'W2',
      'committed out of order',
      `write ${sequence} of ${clientId} overtook what is before it`,
      ['the order of the batch'],
      `commit of ${sequence}`,
    );
  if (version !== versions.length)
    return reject('W1', 'version skipped', 'versions count without gaps', [`version ${versions.length}`], `version ${version}`);
  const before = versions.at(-1) ?? {};
  const decided = decide(rest, appending, error);
  const changes = error === null ? appending.sent.changes : [];
  const cost = costOf(decided, version, before, decided.server.versions.at(-1) ?? {}, changes);
  const noted = error === null ? noteCommit(decided) : decided;
  return failUntold(countDepartures(withServer(noted, { cost }), cost, before, changes), cost);
}

/** Into the log, if some token that carried the write justifies it. */
export function decide(state: State, appending: Extract<Joined, { readonly what: 'write' }>, error: string | null): State {
  const { client: name, clientId, sequence, sent, carriers, together = [sent], isRefused } = appending;
  const { versions, decisions } = state.server;
  const before = versions.at(-1) ?? {};
  const changes = together.flatMap((candidate) => candidate.changes);
  const bounds = boundsOf(state.configuration);
  const verdicts = isRefused ? [storageRefused] : carriers.map((token) => verdictOf(authorityOf(state), bounds, token, before, changes));
  if (!verdicts.includes(error)) {
    const rule = ruleOfVerdict(verdicts[0] ?? error);
    return reject(
      rule,
      error === null ? 'committed the forbidden' : 'rejected wrongly',
      `write ${sequence} of ${name} was ${error === null ? 'committed' : 'rejected'}`,
      verdicts.map((verdict) => verdict ?? 'a commit'),
      error ?? 'a commit',
    );
  }
  const version = versions.length;
  const decision: Decision = { sequence, id: sent.id, key: sent.key, version, error, answered: sent.answered };
  const logged = withServer(noteAnswered(state, clientId, sent.answered), {
    versions: [...versions, error === null ? applyAll(before, sent.changes) : before],
    decisions: { ...decisions, [clientId]: [...(entryOf(decisions, clientId) ?? []), decision] },
    rejections: error === null ? state.server.rejections : [...state.server.rejections, versions.length],
  });
  return Object.keys(state.clients).reduce(
    (known, client) => withDecision(known, client, sent.key, { log: state.server.log, version, error }),
    logged,
  );
}

/** Wherever the write is found, since a storage may have been copied. */
function withDecision(state: State, name: ClientName, key: string, decided: NonNullable<Write['decided']>): State {
  const client = clientOf(state, name);
  const mark = (writes: readonly Write[]): readonly Write[] =>
    writes.some((write) => write.key === key) ? writes.map((write) => (write.key === key ? { ...write, decided } : write)) : writes;
  const discarded = Object.entries(client.discarded).map(([epoch, writes]) => [epoch, mark(writes)] as const);
  return withClient(state, name, { writes: mark(client.writes), discarded: Object.fromEntries(discarded) });
}

function ruleOfVerdict(error: string | null): string {
  if (error === 'PermissionDeniedError') return 'P1';
  if (error === limitExceeded) return 'B3';
  if (error === storageRefused) return 'W2';
  return error === 'SchemaViolationError' ? 'C3' : 'W4';
}

/** The error of the first operation that schema, permissions or bounds forbid; null: none (W4, B3). */
function verdictOf(authority: Authority, bounds: Bounds, token: Token, rows: Rows, changes: readonly Change[]): string | null {
  if (changes.length > bounds.writeOperationsMax) return limitExceeded;
  let present = rows;
  const written = new Set<string>();
  for (const change of changes) {
    const key = keyOf(change.collection, change.id);
    const after = apply(present, change);
    const isDead = present === after;
    const found = present[key]?.row;
    const left = after[key]?.row;
    const error = errorOf(authority, token, change, found, left, isDead) ?? errorOfSize(bounds, change, found, left, isDead);
    if (error !== null) return error;
    present = after;
    if (!isDead) written.add(key);
    if (
      isWriteOver(
        bounds,
        [...written].flatMap((each) => after[each]?.row ?? []),
      )
    )
      return limitExceeded;
  }
  return null;
}

function errorOf(
  authority: Authority,
  token: Token,
  { kind, collection }: Change,
  before: Row | undefined,
  after: Row | undefined,
  isDead: boolean,
): string | null {
  if (isDead) return null;
  const { schema } = authority;
  if (schema !== null && after !== undefined && issuesOfRow(schema, collection, after).length > 0) return 'SchemaViolationError';
  return mayWrite(authority, token, collection, before, after, kind === 'insert') ? null : 'PermissionDeniedError';
}

/** An insert brings all of its row, whatever row it replaces (B3). */
function errorOfSize(bounds: Bounds, { kind }: Change, before: Row | undefined, after: Row | undefined, isDead: boolean): string | null {
  if (isDead || after === undefined) return null;
  return isRowOver(bounds, kind === 'insert' ? undefined : before, after) ? limitExceeded : null;
}
