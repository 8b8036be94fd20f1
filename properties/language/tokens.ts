/** Tokens as scripts ask for them, and what refresh handlers answer: their types, and how they are read. */
import type { TokenFlaw } from '../../model/index.ts';
import { byKey, changed, choice, flag, listOfSome, name, numberOrNull, object, optional, type Shape } from './shapes.ts';

/**
 * A token to be minted. Lifetimes count from the world's true wall clock at the moment of minting, so that a script
 * means the same when an earlier step is deleted. `current` is the very token that the client holds at that moment.
 */
export type TokenSpec =
  | {
      readonly kind: 'fresh';
      readonly user: string;
      readonly role: string;
      readonly plan: string;
      /** null: never expires; zero or less: already expired. */
      readonly lifetimeMs: number | null;
      /** null: valid at once; otherwise not valid before that many milliseconds from now. */
      readonly validFromMs: number | null;
      readonly flaw: TokenFlaw;
      /** A secret token bypasses permissions (P1); absent: no. */
      readonly secret?: boolean | undefined;
    }
  | { readonly kind: 'current' };
export type FreshToken = Extract<TokenSpec, { readonly kind: 'fresh' }>;

/** What the n-th call of a handler does; the last one repeats. */
export type HandlerAnswer =
  | { readonly answer: 'token'; readonly token: TokenSpec }
  | { readonly answer: 'null' }
  | { readonly answer: 'throw' };
export interface RefreshSpec {
  readonly intervalMs: number | null;
  /** At least one. Slowness is a hold of the completion `c1 refresh handler`. */
  readonly answers: readonly HandlerAnswer[];
}

export const flaws: readonly TokenFlaw[] = [
  'none',
  'undecodable',
  'wrongSignature',
  'wrongAlgorithm',
  'missingAlgorithm',
  'noneAlgorithm',
  'keyConfusion',
  'tampered',
  'forgedKeyName',
  'wrongClaimsPath',
];

const fresh: Shape<TokenSpec> = changed(
  object({
    kind: choice(['fresh']),
    user: name,
    role: name,
    plan: name,
    lifetimeMs: numberOrNull,
    validFromMs: numberOrNull,
    flaw: choice(flaws),
    secret: optional(flag),
  }),
  ({ secret, ...others }): TokenSpec => (secret === true ? { ...others, secret } : others),
);
const current: Shape<TokenSpec> = object({ kind: choice(['current']) });

export const token: Shape<TokenSpec> = byKey('kind', { fresh, current });

const answer: Shape<HandlerAnswer> = byKey<HandlerAnswer>('answer', {
  token: object({ answer: choice(['token']), token }),
  null: object({ answer: choice(['null']) }),
  throw: object({ answer: choice(['throw']) }),
});

export const refresh: Shape<RefreshSpec> = object({ intervalMs: numberOrNull, answers: listOfSome(answer, 'at least one answer') });
