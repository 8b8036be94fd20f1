/** Tells the wire in the model's words: frames become words, token bytes become labels, close texts become reasons. */
import type { Action, ClientWord, CloseReason, Closing, Nonsense, ServerWord } from '../../model/index.ts';
import type { Describer, System, WireWord } from '../../sut/port/system.ts';
import type { WorldEvent } from '../worlds/world.ts';
import { createServed, type Served } from './served.ts';
import { clientWords, closeReasons, serverWords } from './wire-words.ts';

/** What of a system is known of its wire. */
export type Wire = Pick<System, 'describeConnection' | 'describeClose'>;

export interface Translator {
  /** The next frame that is injected is that nonsense. */
  readonly expect: (nonsense: Nonsense | null) => void;
  /** What there is to tell the model, in order. */
  readonly translate: (event: WorldEvent) => readonly Action[];
  /** The id that the client said last, as others read it in rows, and the number of its next write; null where it never wrote under it. */
  readonly numbersOf: (client: string) => { readonly clientId: string; readonly nextSequence: number } | null;
  /** As far as it was translated. */
  readonly subscriptionOf: Served['subscriptionOf'];
}

/** Frames under way in one direction of one connection: a frame is described when sent, and told in the same words when delivered. */
type Said = WireWord | { readonly word: 'nonsense'; readonly nonsense: Nonsense };
type UnderWay = { readonly data: string; readonly word: Said }[];

export function createTranslator(system: Wire, labelOf: (token: string) => string | undefined): Translator {
  const describers = new Map<number, Describer>();
  const served = createServed();
  const underWay = new Map<string, UnderWay>();
  const numbers = new Map<string, { readonly clientId: string; readonly nextSequence: number }>();
  const count = (client: string, word: WireWord): void => {
    const known = numbers.get(client);
    if (word.word === 'hello' && known?.clientId !== word.clientId) numbers.set(client, { clientId: word.clientId, nextSequence: 1 });
    if (word.word === 'write' && known !== undefined)
      numbers.set(client, { ...known, nextSequence: Math.max(known.nextSequence, word.sequence + 1) });
  };
  const describerOf = (connection: number): Describer => {
    const known = describers.get(connection) ?? system.describeConnection();
    describers.set(connection, known);
    return known;
  };
  const queueOf = (connection: number, from: string): UnderWay => {
    const key = `${connection} ${from}`;
    const known = underWay.get(key) ?? [];
    underWay.set(key, known);
    return known;
  };
  const label = (word: WireWord): WireWord =>
    word.word === 'hello' || word.word === 'updateToken' ? { ...word, token: labelOf(word.token) ?? 'a token of nobody' } : word;
  const closing = (text: string) => closingOf(system, text);
  const sent = (client: string, connection: number, from: 'client' | 'server', data: string): WireWord => {
    const describer = describerOf(connection);
    const word = label(from === 'client' ? describer.fromClient(data) : describer.fromServer(data));
    queueOf(connection, from).push({ data, word });
    count(client, word);
    return word;
  };
  /** Links are first in first out; what a cut swallowed is passed over. */
  const delivered = (connection: number, from: 'client' | 'server', data: string): Said => {
    const queue = queueOf(connection, from);
    for (let head = queue.shift(); head !== undefined; head = queue.shift()) if (head.data === data) return head.word;
    throw new Error(`a frame was delivered on connection ${connection} that nobody sent: ${data}`);
  };

  let expected: Nonsense | null = null;
  /** What is injected joins what is under way; nobody said it, so the model is told when it arrives. */
  function noteInjection(connection: number, to: 'server' | 'client', data: string): null {
    if (expected === null) throw new Error('nonsense was injected that nobody asked for');
    queueOf(connection, to === 'server' ? 'client' : 'server').push({ data, word: { word: 'nonsense', nonsense: expected } });
    expected = null;
    return null;
  }

  function actionOf(event: WorldEvent): Action | null {
    const { client, connection } = event;
    switch (event.event) {
      case 'attempted':
      case 'opened':
      case 'serverHeardClose':
      case 'readingPaused':
      case 'readingResumed':
        return { kind: event.event, client, connection };
      case 'clientSent':
        return { kind: event.event, client, connection, word: clientWord(sent(client, connection, 'client', event.data)) };
      case 'serverReceived':
        return { kind: event.event, client, connection, word: clientWord(delivered(connection, 'client', event.data)) };
      case 'serverSent':
        return { kind: event.event, client, connection, word: serverWord(sent(client, connection, 'server', event.data)) };
      case 'clientHeard':
        return { kind: event.event, client, connection, word: serverWord(delivered(connection, 'server', event.data)) };
      case 'clientClosed':
        return { kind: event.event, client, connection, givenUp: event.givenUp };
      case 'serverClosed':
        return { kind: event.event, client, connection, closing: closing(event.reason), givenUp: event.givenUp };
      case 'clientHeardClose':
        return { kind: event.event, client, connection, closing: closing(event.reason) };
      case 'injected':
        return noteInjection(connection, event.to, event.data);
    }
  }
  return {
    translate: (event) => {
      const action = actionOf(event);
      if (action === null) return [];
      served.take(action);
      return [action];
    },
    numbersOf: (client) => {
      const known = numbers.get(client);
      return known === undefined || known.nextSequence === 1 ? null : known;
    },
    subscriptionOf: served.subscriptionOf,
    expect: (nonsense) => {
      expected = nonsense;
    },
  };
}

export function closingOf(system: Pick<Wire, 'describeClose'>, text: string): Closing {
  const described = system.describeClose(text);
  if (described === null) return { reason: null, retry: true };
  const closing = { reason: closeReason(described.reason), retry: described.retry };
  return described.message === null || described.message === '' ? closing : { ...closing, explained: true, text: described.message };
}

function closeReason(text: string): CloseReason {
  return closeReasons.find((reason) => reason === text) ?? 'UNKNOWN';
}

function isOneOf<Word extends Said['word']>(words: readonly Word[], said: Said): said is Extract<Said, { readonly word: Word }> {
  return words.some((word) => word === said.word);
}

function clientWord(word: Said): ClientWord {
  if (isOneOf(clientWords, word)) return word;
  throw new TypeError(`a client said ${word.word}, which is a server's word`);
}

function serverWord(word: Said): ServerWord {
  if (isOneOf(serverWords, word)) return word;
  throw new TypeError(`the server said ${word.word}, which is a client's word`);
}
