/** Turns token specifications of a script into real tokens, and knows every token by its label. */
import type { Token } from '../../model/index.ts';
import type { FreshToken, TokenSpec } from '../language/tokens.ts';
import type { Mint } from '../worlds/tokens.ts';

export interface Minted {
  readonly token: Token;
  readonly bytes: string;
}
export interface Purse {
  /** null where `current` names a token and the client holds none. `heldBytes` is the token that the client holds. */
  readonly mint: (spec: TokenSpec, heldBytes: string | undefined) => Promise<Minted | null>;
  readonly labelOf: (bytes: string) => string | undefined;
}

/** Times in tokens are rounded up to multiples of `grainMs`. */
export function createPurse(mint: Mint, trueWallMs: () => number, epochMs: number, grainMs = 1): Purse {
  const byBytes = new Map<string, Token>();
  return {
    labelOf: (bytes) => byBytes.get(bytes)?.label,
    mint: async (spec, heldBytes) => {
      if (spec.kind === 'current') {
        const token = heldBytes === undefined ? undefined : byBytes.get(heldBytes);
        return token === undefined || heldBytes === undefined ? null : { token, bytes: heldBytes };
      }
      const token = tokenOf(spec, trueWallMs(), keyOf(spec, mint, trueWallMs() - epochMs), { epochMs, grainMs });
      const bytes = mint.mint(token);
      byBytes.set(bytes, token);
      return { token, bytes };
    },
  };
}

/** Somebody who makes the name of a key up takes another one each time. A shared secret has no name. */
function keyOf({ flaw }: FreshToken, mint: Mint, nowMs: number): string {
  const isForged = flaw === 'forgedKeyName' && mint.keySource().kind === 'keySet';
  return isForged ? `forged at ${seconds(nowMs)}` : mint.currentKey();
}

interface Times {
  readonly epochMs: number;
  readonly grainMs: number;
}

/** A token is named by all that it says; equal names are equal tokens. Times are told from the beginning of the run. */
function tokenOf(spec: FreshToken, nowMs: number, key: string, { epochMs, grainMs }: Times): Token {
  const { user, role, plan, flaw } = spec;
  const atMs = (fromNowMs: number | null): number | null =>
    fromNowMs === null ? null : Math.ceil((nowMs + fromNowMs) / grainMs) * grainMs;
  const expiresAtMs = atMs(spec.lifetimeMs);
  const notBeforeMs = atMs(spec.validFromMs);
  const until = expiresAtMs === null ? 'forever' : `until ${seconds(expiresAtMs - epochMs)}`;
  const from = notBeforeMs === null ? '' : `, from ${seconds(notBeforeMs - epochMs)}`;
  const secret = spec.secret === true;
  const label = `${user}/${role}/${plan} ${until}${from}${flaw === 'none' ? '' : `, ${flaw}`}${secret ? ', secret' : ''}, ${key}`;
  return { label, user, role, plan, expiresAtMs, notBeforeMs, flaw, key, ...(secret ? { secret } : {}) };
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}
