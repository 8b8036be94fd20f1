/** The key set in the forecast: when the server fetches it, what it gets, and what it makes of that (S11). */
import type { KeySetAnswer } from '../../language/key-sets.ts';
import { keySetFetch } from '../../language/labels.ts';
import { complete } from './route.ts';
import type { Forecast, Happening, KeyForecast, MintedToken } from './state.ts';

const fetchTimeoutMs = 10_000;
const coolDownMs = 30_000;
const retryAfterMs = 1_000;
export const keysMaxAgeMs = 600_000;
export const keysMaxStaleMs = 3_600_000;

type Standing = 'settled' | 'fetch' | 'wanting';

export function freshKeys(): Omit<KeyForecast, 'answer'> {
  return { held: null, fetching: null, fetches: 0, failedMs: null, cooledMs: null };
}

function isYoungerThan({ held }: KeyForecast, ageMs: number, nowMs: number): boolean {
  return held !== null && nowMs - held.sinceMs < ageMs;
}

function isWithin(sinceMs: number | null, lengthMs: number, nowMs: number): boolean {
  return sinceMs !== null && nowMs - sinceMs < lengthMs;
}

export function isKeyHeld({ keys }: Forecast, { key }: MintedToken): boolean {
  return keys === null || keys.held?.names.includes(key) === true;
}

/** The last fetch failed, and what is held does not do for this token. */
export function isWanting(forecast: Forecast, token: MintedToken): boolean {
  const { keys, nowMs } = forecast;
  if (keys === null || keys.failedMs === null) return false;
  return !(isKeyHeld(forecast, token) && isYoungerThan(keys, keysMaxStaleMs, nowMs));
}

export function standingOf(forecast: Forecast, token: MintedToken): Standing {
  const { keys, nowMs } = forecast;
  if (keys === null || token.spec.flaw === 'undecodable') return 'settled';
  const isYoung = isYoungerThan(keys, keysMaxAgeMs, nowMs);
  if (isYoung && isKeyHeld(forecast, token)) return 'settled';
  if (keys.fetching !== null) return 'fetch';
  if (isWithin(keys.failedMs, retryAfterMs, nowMs)) return isWanting(forecast, token) ? 'wanting' : 'settled';
  return isYoung && isWithin(keys.cooledMs, coolDownMs, nowMs) ? 'settled' : 'fetch';
}

export function awaitKeys(forecast: Forecast, keys: KeyForecast, waiting: Happening): void {
  if (keys.fetching !== null) {
    keys.fetching.waiting.push(waiting);
    return;
  }
  const names = namesServed(keys.answer, forecast.key);
  keys.fetches += 1;
  const number = keys.fetches;
  const forName = isYoungerThan(keys, keysMaxAgeMs, forecast.nowMs);
  keys.fetching = { number, sinceMs: forecast.nowMs, forName, waiting: [waiting] };
  complete(forecast, keySetFetch, { happen: (later) => endFetch(later, number, names) });
}

/** What can verify among the keys that are served. */
function namesServed(answer: KeySetAnswer, key: number): readonly number[] {
  switch (answer) {
    case 'current':
      return [key];
    case 'withFormer':
      return [key - 1, key];
    case 'former':
      return [key - 1];
    case 'unreachable':
    case 'empty':
    case 'unusable':
    case 'broken':
      return [];
  }
}

function endFetch(forecast: Forecast, number: number, names: readonly number[]): void {
  const { keys, nowMs } = forecast;
  if (keys === null || keys.fetching?.number !== number) return;
  const { sinceMs, forName, waiting } = keys.fetching;
  keys.fetching = null;
  keys.failedMs = names.length === 0 ? nowMs : null;
  if (names.length > 0) {
    keys.held = { names, sinceMs };
    if (forName) keys.cooledMs = nowMs;
  }
  forecast.agenda.push(...waiting);
}

/** When the fetch under way is given up. */
export function fetchDueMs({ keys }: Forecast): number | null {
  return keys?.fetching == null ? null : keys.fetching.sinceMs + fetchTimeoutMs;
}

export function giveFetchUp(forecast: Forecast): void {
  const number = forecast.keys?.fetching?.number;
  if (number !== undefined) endFetch(forecast, number, []);
}

/** The moments at which something else comes of a token than before. */
export function momentsOfKeys(forecast: Forecast): readonly (number | null)[] {
  const { keys } = forecast;
  if (keys === null) return [];
  const { held, cooledMs, failedMs } = keys;
  return [
    fetchDueMs(forecast),
    held === null ? null : held.sinceMs + keysMaxAgeMs,
    held === null || failedMs === null ? null : held.sinceMs + keysMaxStaleMs,
    cooledMs === null ? null : cooledMs + coolDownMs,
    failedMs === null ? null : failedMs + retryAfterMs,
  ];
}
