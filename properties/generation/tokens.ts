/** Tokens and refresh handlers: mostly sound, since behind a refused token nothing else is explored. */
import type { TokenFlaw } from '../../model/actions.ts';
import type { FreshToken, HandlerAnswer, RefreshSpec } from '../language/tokens.ts';
import { plans, users } from './cast.ts';
import type { Chance } from './chance.ts';

/** How a run likes its tokens: the percentage of short-lived ones, and of those that ought to be refused. */
export interface TokenTaste {
  readonly short: number;
  readonly unsound: number;
  readonly claimsPath: boolean;
  /** Percentage of secret ones, and of those whose plan changes. */
  readonly secret: number;
  readonly otherPlan: number;
}

const day = 86_400_000;
/** Longer than 2³¹ ms among them: a refresh beyond what a plain timer can hold (S7). */
const longLifetimes = [60_000, 120_000, 600_000, 3_600_000, 30 * day, null, null] as const;

/** Of the same roles as `like`, where given; otherwise whoever. */
export function drawToken(chance: Chance, taste: TokenTaste, like?: FreshToken): FreshToken {
  const sound = drawSound(chance, taste, like);
  return chance.percent(taste.unsound) ? spoil(chance, taste, sound) : sound;
}

function drawSound(chance: Chance, taste: TokenTaste, like: FreshToken | undefined): FreshToken {
  const lifetimeMs = chance.percent(taste.short) ? drawShortLifetimeMs(chance) : chance.pick(longLifetimes);
  if (like !== undefined && chance.percent(88)) {
    const { secret: _, ...claims } = like;
    return { ...claims, ...drawClaims(chance, taste, like), lifetimeMs, validFromMs: null, flaw: 'none', ...drawSecret(chance, taste) };
  }
  const role = chance.word({ member: 60, guest: 38, visitor: 2 });
  const user = chance.percent(60) ? 'ann' : chance.pick(users);
  return { kind: 'fresh', user, role, plan: drawPlan(chance), lifetimeMs, validFromMs: null, flaw: 'none', ...drawSecret(chance, taste) };
}

function drawSecret(chance: Chance, taste: TokenTaste): { readonly secret?: true } {
  return taste.secret > 0 && chance.percent(taste.secret) ? { secret: true } : {};
}

export function drawShortLifetimeMs(chance: Chance): number {
  return chance.pick([1000, 1500, 2000, 2000, 3000, 4000, 5000]);
}

/** Under the guest role user and plan may change, under the member role the plan alone (S6). */
function drawClaims(chance: Chance, taste: TokenTaste, like: FreshToken): { readonly user: string; readonly plan: string } {
  const user = like.role === 'guest' && chance.percent(30) ? chance.pick(users) : like.user;
  return { user, plan: chance.percent(taste.otherPlan) ? drawPlan(chance) : like.plan };
}

function drawPlan(chance: Chance): string {
  return chance.pick(['free', ...plans]);
}

function spoil(chance: Chance, taste: TokenTaste, sound: FreshToken): FreshToken {
  return chance.weighted<() => FreshToken>([
    [1, () => ({ ...sound, lifetimeMs: chance.pick([0, -1, -1000, -60_000]) })],
    [1, () => ({ ...sound, validFromMs: chance.pick([1, 500, 2000, 60_000]) })],
    [1, () => ({ ...sound, role: sound.role === 'member' ? 'guest' : 'member' })],
    [5, () => ({ ...sound, flaw: drawFlaw(chance, taste) })],
  ])();
}

/** A wrong claims path is a flaw only where there is a path. */
export function drawFlaw(chance: Chance, taste: TokenTaste): TokenFlaw {
  const forged = { wrongSignature: 4, undecodable: 3, tampered: 3, forgedKeyName: 3 };
  const algorithms = { wrongAlgorithm: 3, missingAlgorithm: 3, noneAlgorithm: 3, keyConfusion: 3 };
  return chance.word({ ...forged, ...algorithms, wrongClaimsPath: taste.claimsPath ? 6 : 0 });
}

export function drawRefresh(chance: Chance, taste: TokenTaste, like: FreshToken): RefreshSpec {
  const intervalMs = chance.pick([null, null, 500, 2000, 2000, 10_000]);
  const answers = Array.from({ length: chance.integer(1, 3) }, () => drawAnswer(chance, taste, like));
  return { intervalMs, answers };
}

function drawAnswer(chance: Chance, taste: TokenTaste, like: FreshToken): HandlerAnswer {
  const kind = chance.integer(1, 10);
  if (kind === 1) return { answer: 'null' };
  if (kind === 2) return { answer: 'throw' };
  return { answer: 'token', token: drawToken(chance, taste, like) };
}
