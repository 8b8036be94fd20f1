/** What a client can tell about a token without any key: its claims, its expiry, its roles. It judges nothing else (S3). */

import { decodeJwt } from 'jose';
import type { Roles } from '../../vocabulary/schemas.ts';
import { type BoundRoles, boundRoles, claimsAt, sameRoles } from '../protocol/roles.ts';
import { SessionRolesMismatchError, type SyncError, TokenDecodingError, TokenExpiredError } from './errors.ts';

export interface TokenReading {
  /** Wall-clock milliseconds; undefined: never, or not to be told. */
  readonly expiresAtMs: number | undefined;
  readonly roles: BoundRoles;
}

export interface TokenReader {
  /** Undefined where the token cannot be decoded. */
  read(token: string): TokenReading | undefined;
}

function payloadOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** `exp` is in seconds and may have a fraction (RFC 7519, section 2); whole milliseconds are what is compared. */
function expiryOf(exp: unknown): number | undefined {
  return typeof exp === 'number' && Number.isFinite(exp) ? Math.round(exp * 1000) : undefined;
}

export function createTokenReader(roles: Roles | undefined, claimsPath: string | undefined): TokenReader {
  return {
    read: (token) => {
      const payload = payloadOf(token);
      if (payload === undefined) return undefined;
      return { expiresAtMs: expiryOf(payload.exp), roles: boundRoles(roles, claimsAt(payload, claimsPath)) };
    },
  };
}

/** Expired from the very millisecond of `exp` on (S5). */
export function isExpired(reading: TokenReading | undefined, nowMs: number): boolean {
  return reading?.expiresAtMs !== undefined && nowMs >= reading.expiresAtMs;
}

/** The checks of S3 that follow the one for a session, in their order. `nowMs`: undefined where the clock has no say (S7). */
export function whatIsWrong(
  candidate: TokenReading | undefined,
  current: TokenReading | undefined,
  nowMs: number | undefined,
): SyncError | undefined {
  if (candidate === undefined) return new TokenDecodingError();
  if (nowMs !== undefined && isExpired(candidate, nowMs)) return new TokenExpiredError();
  if (!sameRoles(candidate.roles, current?.roles ?? [])) return new SessionRolesMismatchError();
  return undefined;
}
