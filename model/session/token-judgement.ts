/** How a token is judged: by the server at the moment of decision (S5, S11), by the client from what it can decode (S2, S3). */
import type { Roles } from '../../vocabulary/schemas.ts';
import type { ClientState } from '../client-state.ts';
import { readableClaims, rolesOf } from '../permissions/permit.ts';
import { boundRoles } from '../permissions/roles.ts';
import { type State, wallMs } from '../state.ts';
import type { Judgement, Token } from '../tokens.ts';
import { isKeyKnown } from './keys.ts';

export function judge(state: State, token: Token): Judgement {
  const now = wallMs(state, 'server');
  if (token.flaw !== 'none') return 'UNAUTHORIZED';
  if (!isKeyKnown(state, token)) return 'UNAUTHORIZED';
  if (token.notBeforeMs !== null && now < token.notBeforeMs) return 'UNAUTHORIZED';
  return isExpired(token, now) ? 'TOKEN_EXPIRED' : 'good';
}

/** The judgement of a token that was not accepted before. */
export function judgeFirst(state: State, token: Token): Judgement {
  return state.decisions.judgeFirst(judge(state, token));
}

/** Expired when now ≥ `exp`, in milliseconds (S5). */
function isExpired(token: Token, nowMs: number): boolean {
  return token.expiresAtMs !== null && nowMs >= token.expiresAtMs;
}

/** A client looks at the clock only where it can read the token. */
export function isExpiredAtClient(state: State, client: ClientState, token: Token): boolean {
  return token.flaw !== 'undecodable' && isExpired(token, wallMs(state, client.name));
}

/** As a client sees it, by the roles that it was given. */
export function sameRolesAtClient(state: State, left: Token, right: Token): boolean {
  return haveSameRoles(state.configuration.roles, left, right);
}

/** As the server sees it, by the roles of its current schema. */
export function sameRolesAtServer(state: State, left: Token, right: Token): boolean {
  return haveSameRoles(rolesOf({ schema: state.server.schema, roles: state.configuration.roles }), left, right);
}

function haveSameRoles(roles: Roles, left: Token, right: Token): boolean {
  return boundRoles(roles, readableClaims(left)) === boundRoles(roles, readableClaims(right));
}
