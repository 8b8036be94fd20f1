/** Tokens and refresh handlers in readable words. */
import type { TokenFlaw } from '../../model/index.ts';
import type { HandlerAnswer, RefreshSpec, TokenSpec } from './tokens.ts';
import { sayDuration } from './words-time.ts';

/** `ann (member, 60 s)`; the free plan is not told. */
export function sayToken(token: TokenSpec): string {
  if (token.kind === 'current') return 'before (the same token)';
  const secret = token.secret === true ? ['secret'] : [];
  const plan = token.plan === 'free' ? [] : [token.plan];
  const validity = token.validFromMs === null ? [] : [`valid ${sayDuration(token.validFromMs)} from now`];
  const flaw = token.flaw === 'none' ? [] : [flawWords[token.flaw]];
  return `${token.user} (${[token.role, ...secret, ...plan, sayLifetime(token.lifetimeMs), ...validity, ...flaw].join(', ')})`;
}

const flawWords: Readonly<Record<TokenFlaw, string>> = {
  none: 'sound',
  undecodable: 'undecodable',
  wrongSignature: 'wrong signature',
  wrongAlgorithm: 'wrong algorithm',
  missingAlgorithm: 'no algorithm',
  noneAlgorithm: 'algorithm none',
  keyConfusion: 'key confusion',
  tampered: 'tampered with',
  forgedKeyName: 'the name of a key that nobody has',
  wrongClaimsPath: 'claims at another path',
};

function sayLifetime(lifetimeMs: number | null): string {
  if (lifetimeMs === null) return 'never expires';
  if (lifetimeMs > 0) return sayDuration(lifetimeMs);
  return lifetimeMs === 0 ? 'expired just now' : `expired ${sayDuration(-lifetimeMs)} ago`;
}

export function sayRefresh(refresh: RefreshSpec | null): string {
  if (refresh === null) return '';
  const every = refresh.intervalMs === null ? '' : ` every ${sayDuration(refresh.intervalMs)}`;
  return `, refreshed${every} by ${refresh.answers.map(sayAnswer).join(', then ')}`;
}

function sayAnswer(answer: HandlerAnswer): string {
  switch (answer.answer) {
    case 'token':
      return sayToken(answer.token);
    case 'null':
      return 'nothing';
    case 'throw':
      return 'a throw';
  }
}
