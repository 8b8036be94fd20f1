/** Plainer tokens and refresh handlers. */

import { replaceAt, withoutOne } from './lists.ts';
import { plainerNumbers } from './plainer-values.ts';
import type { HandlerAnswer, RefreshSpec, TokenSpec } from './tokens.ts';

/** Sound, of ann's, for ever: the token that nothing is remarkable about. */
export const plainToken: TokenSpec = {
  kind: 'fresh',
  user: 'ann',
  role: 'member',
  plan: 'free',
  lifetimeMs: null,
  validFromMs: null,
  flaw: 'none',
};

export function* plainerTokens(token: TokenSpec): Generator<TokenSpec> {
  if (token.kind === 'current') return;
  yield plainToken;
  yield { kind: 'current' };
  yield { ...token, user: 'ann', plan: 'free' };
  yield { ...token, user: 'ann', role: 'member', plan: 'free' };
  yield { ...token, plan: 'free' };
  const { secret, ...common } = token;
  if (secret !== undefined) yield common;
  yield { ...token, flaw: 'none' };
  if (token.flaw !== 'none') yield { ...token, flaw: 'undecodable' };
  yield { ...token, validFromMs: null };
  yield { ...token, lifetimeMs: null };
  if (token.lifetimeMs !== null) for (const lifetimeMs of plainerNumbers(token.lifetimeMs, 0)) yield { ...token, lifetimeMs };
  if (token.validFromMs !== null) for (const validFromMs of plainerNumbers(token.validFromMs, 1)) yield { ...token, validFromMs };
}

export function* plainerRefreshes(refresh: RefreshSpec): Generator<RefreshSpec | null> {
  yield null;
  const { intervalMs, answers } = refresh;
  if (answers.length > 1) {
    for (const answer of answers) yield { intervalMs, answers: [answer] };
    for (const fewer of withoutOne(answers)) yield { intervalMs, answers: fewer };
  }
  yield { intervalMs: null, answers };
  if (intervalMs !== null) for (const plainer of plainerNumbers(intervalMs, 1)) yield { intervalMs: plainer, answers };
  for (const [place, answer] of answers.entries()) {
    for (const plainer of plainerAnswers(answer)) yield { intervalMs, answers: replaceAt(answers, place, plainer) };
  }
}

function* plainerAnswers(answer: HandlerAnswer): Generator<HandlerAnswer> {
  if (answer.answer !== 'null') yield { answer: 'null' };
  if (answer.answer !== 'token') return;
  for (const token of plainerTokens(answer.token)) yield { answer: 'token', token };
}
