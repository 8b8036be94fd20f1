/** Accepting a connection by its first token and its schema (S11, C4), and taking a new token in-band (S3, S6). */
import { clientIdOf } from '../protocol/client-id.ts';
import { errorText } from '../protocol/error-text.ts';
import { type ClientFrame, protocolVersion } from '../protocol/frames.ts';
import { type BoundRoles, boundRoles, sameRoles } from '../protocol/roles.ts';
import { isCompatible } from '../schema/difference.ts';
import { schemaHash } from '../schema/hash.ts';
import type { PlainSchema } from '../schema/types.ts';
import { protocolViolation, schemaMismatch, temporaryFailure } from './closes.ts';
import { KeySetError } from './key-holder.ts';
import type { Hello, Peer, Session } from './peer.ts';
import type { Services } from './services.ts';
import { regroup } from './subscriptions.ts';
import type { AcceptedToken, Verdict } from './tokens.ts';

type UpdateToken = Extract<ClientFrame, { type: 'updateToken' }>;

/** Undefined where nothing can be said of the token, and the connection was closed for that. A peer that ended meanwhile is deaf to any verdict. */
async function judge(peer: Peer, { tokens, logger }: Services, token: string): Promise<Verdict | undefined> {
  try {
    return await tokens.verify(token, peer.label);
  } catch (error) {
    if (!(error instanceof KeySetError)) throw error;
    logger.error(`${peer.label}: ${errorText(error)}`);
    peer.close(temporaryFailure(error.message));
    return undefined;
  }
}

/** Undefined where the connection was closed because of the token of its hello. */
async function judgeHello(peer: Peer, services: Services, { token }: Hello): Promise<AcceptedToken | undefined> {
  const verdict = await judge(peer, services, token);
  if (verdict?.verdict === 'refused') peer.close({ type: verdict.reason, retry: false });
  return verdict?.verdict === 'accepted' ? verdict.token : undefined;
}

/** Of the client's secret nothing is kept but the id that follows from it (W6). */
function accept(peer: Peer, { database, incarnations }: Services, hello: Hello, token: AcceptedToken, schema: PlainSchema | null): void {
  const current = database.schema();
  if (!isCompatible(schema, current)) {
    peer.close(schemaMismatch(schema, current));
    return;
  }
  const clientId = clientIdOf(hello.secret);
  peer.open({ clientId, token, schema, requests: 0 });
  database.noteAnswered(clientId, hello.answered);
  const diverged = incarnations.hasDiverged(hello.heard ?? null);
  if (diverged) peer.takeNoWrites();
  peer.sendControl({ type: 'accepted', version: database.version(), incarnation: incarnations.current(), diverged });
}

/** The first few that somebody offers: a message has little room. */
const versionsNamed = 8;

export async function acceptHello(peer: Peer, services: Services, hello: Hello): Promise<void> {
  if (!hello.versions.includes(protocolVersion)) {
    const offered = hello.versions.slice(0, versionsNamed).join(', ');
    peer.close(protocolViolation(`This server speaks protocol version ${protocolVersion} only, not ${offered}.`));
    return;
  }
  const token = await judgeHello(peer, services, hello);
  if (token === undefined) return;
  const hash = hello.schema ?? null;
  const schema = hash === null ? null : services.schemas.find(hash);
  if (schema !== undefined) {
    accept(peer, services, hello, token, schema);
    return;
  }
  peer.awaitSchema(hello);
  peer.sendControl({ type: 'schemaRequested' });
}

/** The token is judged again in full: time went by since, and keys may have changed. */
export async function acceptSchema(peer: Peer, services: Services, hello: Hello, schema: PlainSchema): Promise<void> {
  const hash = schemaHash(schema);
  const known = hash === hello.schema ? services.schemas.tell(hash, schema) : undefined;
  const token = await judgeHello(peer, services, hello);
  if (token === undefined) return;
  if (known !== undefined) accept(peer, services, hello, token, known);
  else peer.close({ type: 'SCHEMA_MISMATCH', retry: false, message: 'The schema is not the one that hello named.' });
}

/** By the roles that count now: those of a schema that was pushed since concern old claims as well as new ones. */
function rolesOf({ database, roles }: Services, { claims }: AcceptedToken): BoundRoles {
  const schema = database.schema();
  return boundRoles(schema === null ? roles : schema.roles, claims);
}

function replaceToken(peer: Peer, services: Services, session: Session, request: number, token: AcceptedToken): void {
  if (!sameRoles(rolesOf(services, session.token), rolesOf(services, token))) {
    peer.close({ type: 'ROLES_MISMATCH', retry: false });
    return;
  }
  peer.open({ ...session, token, requests: request });
  peer.sendControl({ type: 'tokenAccepted', request });
  regroup(peer, services);
}

/** A token that is refused leaves the connection with the one it has. */
export async function updateToken(peer: Peer, services: Services, session: Session, { request, token }: UpdateToken): Promise<void> {
  if (request !== session.requests + 1) {
    peer.close(protocolViolation(`Token update ${request} came where ${session.requests + 1} was due.`));
    return;
  }
  const verdict = await judge(peer, services, token);
  switch (verdict?.verdict) {
    case undefined:
      return;
    case 'refused':
      peer.open({ ...session, requests: request });
      peer.sendControl({ type: 'tokenRefused', request, reason: verdict.reason });
      return;
    case 'accepted':
      replaceToken(peer, services, session, request, verdict.token);
  }
}
