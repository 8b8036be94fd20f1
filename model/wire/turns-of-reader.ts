/**
 * When the server takes up what a reader says (B6): nothing while it is behind, but for the first of what waited at each draining. So nobody
 * waits for ever who is behind again as soon as he was answered. Followed only where this run bounds what waits to be sent.
 */
import { connectionOf, withConnection } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { entryOf } from '../entry-of.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import type { ClientWord, ServerWord } from './words.ts';

function isFollowed({ configuration }: State): boolean {
  return configuration.bounds?.queueBytesMax !== undefined;
}

/** It waits until something shows that it was taken up. */
export function noteReceived(state: State, connection: number, word: ClientWord): State {
  const { openAtServer, serverClosing, broken, waiting } = connectionOf(state, connection);
  if (!isFollowed(state) || !openAtServer || serverClosing !== null || broken !== null || word.word === 'nonsense') return state;
  return withConnection(state, connection, { waiting: [...waiting, word] });
}

/** What the server says shows what it has taken up, and all that came before that. */
export function noteTakenUp(before: State, state: State, connection: number, word: ServerWord): State {
  const { waiting, turn } = connectionOf(state, connection);
  if (waiting.length === 0 || isSaidAgain(before, connection, word)) return state;
  const at = waiting.findIndex((said) => isAnswer(word, said));
  if (at < 0) return state;
  return withConnection(state, connection, {
    waiting: waiting.slice(at + 1),
    isInHand: false,
    turn: turn === 'due' ? 'used' : turn,
  });
}

/** An answer that was owed answers nothing that waits. */
function isSaidAgain(before: State, connection: number, word: ServerWord): boolean {
  if (word.word !== 'answered') return false;
  return (entryOf(connectionOf(before, connection).subscriptions, word.subscription)?.stale ?? null) !== null;
}

function isAnswer(word: ServerWord, said: ClientWord): boolean {
  switch (word.word) {
    case 'accepted':
      return said.word === 'hello' || said.word === 'schemaSaid';
    case 'schemaAsked':
      return said.word === 'hello';
    case 'tokenAccepted':
    case 'tokenRefused':
      return said.word === 'updateToken' && said.request === word.request;
    case 'answered':
      return said.word === 'subscribe' && said.subscription === word.subscription;
    case 'subscriptionFailed':
      return word.group === undefined && said.word === 'subscribe' && said.subscription === word.subscription;
    case 'acknowledged':
    case 'rejected':
    case 'forked':
      return said.word === 'write' && said.sequence === word.sequence;
    case 'pong':
      return said.word === 'ping';
    case 'answerPart':
    case 'updated':
    case 'progressed':
    case 'nonsense':
      return false;
  }
}

/** It answers what was taken up: nothing is while the reader is behind, but at its turn. */
export function requireTurn({ client, behind, turn }: ConnectionState, what: string): void {
  if (behind === null || turn === 'due') return;
  reject('B6', `${what} to a slow reader`, `${client} is behind, and was heard`, ['nothing'], what);
}

/** At the end of a breath: what shows nothing was taken up where its turn had come, and whoever has caught up in it was heard. */
export function settleTurns(state: State): State {
  if (!isFollowed(state)) return state;
  return Object.entries(state.connections).reduce((before, [number, present]) => {
    const { waiting, turn } = present;
    return waiting.length === 0 && turn === null ? before : withConnection(before, Number(number), { ...settled(present), turn: null });
  }, state);
}

function settled(present: ConnectionState): Pick<ConnectionState, 'waiting' | 'isInHand'> {
  const { waiting, isInHand, behind, turn } = present;
  if (isInHand) return { waiting, isInHand };
  if (behind === null) {
    const from = waiting.findIndex((said) => !isSilent(said));
    const left = from < 0 ? [] : waiting.slice(from);
    return { waiting: left, isInHand: takesTime(left[0]) };
  }
  return turn === 'due' ? withFirstTaken(present) : { waiting, isInHand };
}

/** In the breath in which it drained it fell behind again. */
function withFirstTaken({ client, waiting, openAtServer, serverClosing }: ConnectionState): Pick<ConnectionState, 'waiting' | 'isInHand'> {
  const [first, ...later] = waiting;
  if (first === undefined || !openAtServer || serverClosing !== null) return { waiting, isInHand: false };
  if (takesTime(first)) return { waiting, isInHand: true };
  if (first.word === 'unsubscribe') return { waiting: later, isInHand: false };
  return reject('B6', 'nothing taken up', `${client} has caught up, and nothing of what it had said was taken up`, [first.word], 'nothing');
}

/** Once taken up it may wait for a verdict or for storage, and what comes after it waits too. */
function takesTime(said: ClientWord | undefined): boolean {
  return said !== undefined && said.word !== 'subscribe' && said.word !== 'unsubscribe' && said.word !== 'ping';
}

/** Where its turn came nothing need show of it. */
function isSilent({ word }: ClientWord): boolean {
  return word === 'unsubscribe' || word === 'ping';
}
