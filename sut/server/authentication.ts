/** Accepting a connection by its first token (S11), and taking a new one in-band (S3, S6). */
import { type ClientFrame, protocolVersion } from '../protocol/frames.ts';
import { sameRoles } from '../protocol/roles.ts';
import { protocolViolation, temporaryFailure } from './closes.ts';
import type { Peer, Session } from './peer.ts';
import type { Services } from './services.ts';
import { type AcceptedToken, KeySetError, type Verdict } from './tokens.ts';

type Hello = Extract<ClientFrame, { type: 'hello' }>;
type UpdateToken = Extract<ClientFrame, { type: 'updateToken' }>;

/** Undefined where nothing can be said of the token, and the connection was closed for that. A peer that ended meanwhile is deaf to any verdict. */
async function judge(peer: Peer, { tokens, logger }: Services, token: string): Promise<Verdict | undefined> {
  try {
    return await tokens.verify(token, peer.label);
  } catch (error) {
    if (!(error instanceof KeySetError)) throw error;
    logger.error(`${peer.label}: ${error.message} ${String(error.cause ?? '')}`);
    peer.close(temporaryFailure(error.message));
    return undefined;
  }
}

export async function acceptHello(peer: Peer, services: Services, { versions, clientId, token }: Hello): Promise<void> {
  if (!versions.includes(protocolVersion)) {
    peer.close(protocolViolation(`This server speaks protocol version ${protocolVersion} only.`));
    return;
  }
  const verdict = await judge(peer, services, token);
  switch (verdict?.verdict) {
    case undefined:
      return;
    case 'refused':
      peer.close({ type: verdict.reason, retry: false });
      return;
    case 'accepted':
      peer.open({ clientId, token: verdict.token, requests: 0 });
      peer.sendControl({ type: 'accepted', version: services.database.version() });
  }
}

function replaceToken(peer: Peer, session: Session, request: number, token: AcceptedToken): void {
  if (!sameRoles(session.token.roles, token.roles)) {
    peer.close({ type: 'ROLES_MISMATCH', retry: false });
    return;
  }
  peer.open({ ...session, token, requests: request });
  peer.sendControl({ type: 'tokenAccepted', request });
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
      replaceToken(peer, session, request, verdict.token);
  }
}
