/** Steps in readable words: one line each, for failures, replays and pages. */
import type { TokenFlaw } from '../../model/actions.ts';
import type { HandlerAnswer, RefreshSpec, Step, TokenSpec } from './script.ts';
import { sayAttributes, sayQuery } from './words-query.ts';

export { sayFilter, sayQuery } from './words-query.ts';

export function sayStep(step: Step): string {
  switch (step.do) {
    case 'startSession':
      return `${step.client} starts a session as ${sayToken(step.token)}${step.connect ? '' : ', without connecting'}${sayRefresh(step.refresh)}`;
    case 'updateSessionToken':
      return `${step.client} updates its token to ${sayToken(step.token)}`;
    case 'endSession':
      return `${step.client} ends its session`;
    case 'connect':
      return `${step.client} connects`;
    case 'disconnect':
      return `${step.client} disconnects`;
    case 'subscribe':
      return `${step.client} subscribes ${step.subscription}: ${sayQuery(step.query)}`;
    case 'unsubscribe':
      return `${step.client} unsubscribes ${step.subscription}`;
    case 'insert':
      return `${step.client} inserts ${step.collection}/${step.row.id}${sayContent(step.row)}`;
    case 'update':
      return `${step.client} updates ${step.collection}/${step.id}: ${sayAttributes(step.changes) || 'nothing'}`;
    case 'delete':
      return `${step.client} deletes ${step.collection}/${step.id}`;
    case 'together':
      return `at once: ${step.commands.map(sayStep).join('; ')}`;
    case 'inCallback':
      return `in the next ${callbackWords[step.callback]} callback of ${step.client}: ${sayStep(step.command)}`;
    case 'hold':
      return `hold ${step.label}`;
    case 'release':
      return `release ${step.label}`;
    case 'deliver':
      return `deliver ${step.count} of ${step.label}`;
    case 'advance':
      return `${sayDuration(step.ms)} pass`;
    case 'cut':
      return `the connection of ${step.client} ${cutWords[step.how]}`;
    case 'refuseConnections':
      return `connections of ${step.client} are refused`;
    case 'acceptConnections':
      return `connections of ${step.client} are accepted again`;
    case 'jumpWallClock':
      return `the wall clock of ${step.process === 'server' ? 'the server' : step.process} jumps ${sayDuration(Math.abs(step.byMs))} ${step.byMs < 0 ? 'back' : 'ahead'}`;
    case 'rotateKeys':
      return 'the signing keys are rotated';
  }
}

const callbackWords = { status: 'status', sessionError: 'session error', results: 'results', synced: 'synced' } as const;
const cutWords = { clean: 'is closed by the network', abrupt: 'is lost', halfOpen: 'goes half-open' } as const;

function sayContent(row: Readonly<Record<string, Parameters<typeof sayAttributes>[0][string]>>): string {
  const { id: _, ...attributes } = row;
  const words = sayAttributes(attributes);
  return words === '' ? '' : `: ${words}`;
}

/** `ann (member, 60 s)`; the free plan is not told. */
export function sayToken(token: TokenSpec): string {
  if (token.kind === 'current') return 'before (the same token)';
  const plan = token.plan === 'free' ? [] : [token.plan];
  const validity = token.validFromMs === null ? [] : [`valid ${sayDuration(token.validFromMs)} from now`];
  const flaw = token.flaw === 'none' ? [] : [flawWords[token.flaw]];
  return `${token.user} (${[token.role, ...plan, sayLifetime(token.lifetimeMs), ...validity, ...flaw].join(', ')})`;
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
  wrongClaimsPath: 'claims at another path',
};

function sayLifetime(lifetimeMs: number | null): string {
  if (lifetimeMs === null) return 'never expires';
  if (lifetimeMs > 0) return sayDuration(lifetimeMs);
  return lifetimeMs === 0 ? 'expired just now' : `expired ${sayDuration(-lifetimeMs)} ago`;
}

function sayRefresh(refresh: RefreshSpec | null): string {
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

const units = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
] as const;

/** `250 ms`, `1.5 s`, `60 s`, `2 min`, `30 d`: exact, in the largest unit of which it is a whole number (seconds below two minutes). */
export function sayDuration(ms: number): string {
  const unit = units.find((candidate) => ms % candidate.ms === 0 && ms >= candidate.ms && ms >= 120_000);
  if (unit !== undefined) return `${ms / unit.ms} ${unit.name}`;
  return ms % 100 === 0 && ms >= 100 ? `${ms / 1000} s` : `${ms} ms`;
}
