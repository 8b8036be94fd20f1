/**
 * The key set at the server: when it is fetched, how long one is gone by, and what that lets the server say of a token (S11). A
 * verdict is measured against the moment at which its token came: from then on the server could have asked.
 */
import { withServer } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import type { Asked, KeysAtServer } from '../server-state.ts';
import type { State } from '../state.ts';
import type { Token } from '../tokens.ts';

/** A fetch that has not answered by then has failed. */
const fetchTimeoutMs = 10_000;
/** After a fetch for an unknown name that went well none begins for such a one. */
const coolDownMs = 30_000;
/** After a failed fetch none begins. */
const retryAfterMs = 1_000;
/** From this age on a set is fetched anew before it is gone by, */
const maxAgeMs = 600_000;
/** and from this one on it is not gone by even while fetches fail. */
const maxStaleMs = 3_600_000;

export function asked({ nowMs, server: { keys } }: State, token: Token): Asked {
  return { token, cameMs: nowMs, wellBefore: keys.endedWell, badlyBefore: keys.endedBadly };
}

function withKeys(state: State, changes: Partial<KeysAtServer>): State {
  return withServer(state, { keys: { ...state.server.keys, ...changes } });
}

function isWithin(sinceMs: number | null, lengthMs: number, nowMs: number): boolean {
  return sinceMs !== null && nowMs - sinceMs < lengthMs;
}

/** A set whose age is null is good for ever. */
function isYoungerThan({ held }: KeysAtServer, ageMs: number, nowMs: number): boolean {
  return held !== null && (held.sinceMs === null || nowMs - held.sinceMs < ageMs);
}

function isPausing(keys: KeysAtServer, nowMs: number): boolean {
  return isWithin(keys.failedMs, retryAfterMs, nowMs);
}

function isCooling(keys: KeysAtServer, nowMs: number): boolean {
  return isWithin(keys.cooledMs, coolDownMs, nowMs);
}

function isNameHeld({ held }: KeysAtServer, { key }: Token): boolean {
  return held?.names.includes(key) ?? false;
}

/** By what is held now, however old it is. */
export function isKeyKnown({ configuration, server }: State, token: Token): boolean {
  return configuration.sharedSecret || isNameHeld(server.keys, token);
}

/** The tokens that the server has before it. */
function tokensWaiting({ openAtServer, serverClosing, accepted, hello, schema, updates }: ConnectionState): readonly Token[] {
  if (!openAtServer || serverClosing !== null) return [];
  if (accepted !== null) return updates.slice(0, 1).map(({ token }) => token);
  return hello === null || schema === 'asked' || schema === 'heard' || schema === 'said' ? [] : [hello.token];
}

/** Whether a token of that client waits for the fetch that is under way. */
export function waitsForKeys(state: State, client: string): boolean {
  if (state.server.keys.fetching === null) return false;
  return Object.values(state.connections).some((connection) => connection.client === client && tokensWaiting(connection).length > 0);
}

export function beginFetch(state: State, fetch: number): State {
  const { nowMs, connections } = state;
  const { keys } = state.server;
  const refuse = (shape: string, message: string, allowed: string): never => reject('S11', shape, message, [allowed], 'a fetch');
  if (keys.fetching !== null) refuse('two fetches at once', 'a fetch of the key set began while one was under way', 'one fetch');
  if (isPausing(keys, nowMs))
    refuse('fetched at once after a failure', 'a fetch of the key set began right after one that failed', 'a pause');
  const isYoung = isYoungerThan(keys, maxAgeMs, nowMs);
  const isNeeded = Object.values(connections)
    .flatMap(tokensWaiting)
    .some((token) => token.flaw !== 'undecodable' && !(isYoung && isNameHeld(keys, token)));
  if (state.configuration.sharedSecret || !isNeeded)
    refuse('fetched unasked', 'the key set was fetched though no token needed it', 'no fetch');
  if (isYoung && isCooling(keys, nowMs))
    refuse('fetched too soon', 'the key set was fetched again for the sake of an unknown name', 'no fetch before the cool-down is over');
  return withKeys(state, { fetching: { fetch, sinceMs: nowMs, forName: isYoung } });
}

/** `names`: of the keys that can verify; null: no key set came. One that was given up before counts as nothing. */
export function endFetch(state: State, fetch: number, names: readonly string[] | null): State {
  const { fetching, cooledMs, endedWell } = state.server.keys;
  if (fetching?.fetch !== fetch) return state;
  if (names === null || names.length === 0) return failFetch(state);
  return withKeys(state, {
    held: { names, sinceMs: fetching.sinceMs },
    fetching: null,
    failedMs: null,
    cooledMs: fetching.forName ? state.nowMs : cooledMs,
    endedWell: endedWell + 1,
  });
}

/** What was held stays. */
function failFetch(state: State): State {
  return withKeys(state, { fetching: null, failedMs: state.nowMs, endedBadly: state.server.keys.endedBadly + 1 });
}

export function failLateFetch(state: State): State {
  const { fetching } = state.server.keys;
  return fetching === null || state.nowMs - fetching.sinceMs < fetchTimeoutMs ? state : failFetch(state);
}

/** The server says which keys it goes by from now on. */
export function takeKeys(state: State, names: readonly string[]): State {
  const { held } = state.server.keys;
  if (held !== null && held.names.join(' ') === names.join(' ')) return state;
  return reject(
    'S11',
    'keys of nobody',
    'the server goes by other keys than were fetched',
    [held?.names.join(' ') ?? 'none'],
    names.join(' '),
  );
}

/** A system that is given one set when it starts has no other. */
export function takeKeysForGood(state: State, names: readonly string[]): State {
  return withKeys(state, { held: { names, sinceMs: null } });
}

/** A fetch failed while the token waited, or so shortly before that none may begin, and what is held does not do. */
export function isWantingKeys({ configuration, server: { keys }, nowMs }: State, { token, badlyBefore }: Asked): boolean {
  if (configuration.sharedSecret || token.flaw === 'undecodable' || keys.failedMs === null) return false;
  if (keys.endedBadly === badlyBefore && !isPausing(keys, nowMs)) return false;
  return !(isNameHeld(keys, token) && isYoungerThan(keys, maxStaleMs, nowMs));
}

/** What a verdict rests on: a set that was young when the token came, or that the server tried to replace since then, in vain or not. */
export function requireKeysAsked({ configuration, server: { keys } }: State, { token, cameMs, wellBefore, badlyBefore }: Asked): void {
  if (configuration.sharedSecret || token.flaw !== 'none' || keys.endedWell > wellBefore) return;
  if (!isNameHeld(keys, token)) {
    if (!isCooling(keys, cameMs))
      reject(
        'S11',
        'refused without fetching',
        'a key was called unknown though the key set was not fetched',
        ['it is fetched first'],
        token.key,
      );
    return;
  }
  const isTried = keys.endedBadly > badlyBefore || isPausing(keys, cameMs);
  if (!isYoungerThan(keys, isTried ? maxStaleMs : maxAgeMs, cameMs))
    reject('S11', 'judged by an old set', `${token.label} was judged by a key set that is too old`, ['it is fetched first'], token.key);
}
