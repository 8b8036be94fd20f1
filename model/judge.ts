/** How a token is judged: by the server at the moment of decision (S5, S11), by the client from what it can decode (S2, S3). */
import type { Token } from './actions.ts';
import { boundRoles, type Claims } from './roles.ts';
import { type ClientState, type State, wallMs } from './state.ts';

export type Judgement = 'good' | 'UNAUTHORIZED' | 'TOKEN_EXPIRED';

export function judge(state: State, token: Token): Judgement {
  const now = wallMs(state, 'server');
  if (token.flaw !== 'none') return 'UNAUTHORIZED';
  if (!isKeyKnown(state, token)) return 'UNAUTHORIZED';
  if (token.notBeforeMs !== null && now < token.notBeforeMs) return 'UNAUTHORIZED';
  return isExpired(token, now) ? 'TOKEN_EXPIRED' : 'good';
}

export function isKeyKnown(state: State, token: Token): boolean {
  return state.configuration.sharedSecret || state.server.heldKeys.includes(token.key);
}

/** Expired when now ≥ `exp`, in milliseconds (S5). */
export function isExpired(token: Token, nowMs: number): boolean {
  return token.expiresAtMs !== null && nowMs >= token.expiresAtMs;
}

/** A client looks at the clock only where it can read the token. */
export function isExpiredAtClient(state: State, client: ClientState, token: Token): boolean {
  return token.flaw !== 'undecodable' && isExpired(token, wallMs(state, client.name));
}

/** Claims as anyone can read them without a key. */
function readableClaims(token: Token): Claims | undefined {
  if (token.flaw === 'undecodable' || token.flaw === 'wrongClaimsPath') return undefined;
  return { sub: token.user, role: token.role, plan: token.plan };
}

export function sameRoles(state: State, left: Token, right: Token): boolean {
  const { roles } = state.configuration;
  return boundRoles(roles, readableClaims(left)) === boundRoles(roles, readableClaims(right));
}
