/**
 * Messages from sending to delivery. Links are first in, first out, so a delivery is that of the oldest frame under way
 * that says the same; older ones were swallowed, and what nobody sent was injected. A close is a message too.
 */
import type { Action } from '../../model/actions.ts';
import type { Message } from './story.ts';
import type { Told } from './told.ts';
import { shortWord } from './words.ts';

/** A frame under way, or what became of it. */
interface Flight {
  readonly client: string;
  readonly connection: number;
  readonly to: 'server' | 'client';
  readonly word: string;
  /** Compares equal with the delivery's. */
  readonly text: string;
  /** Place of the event in the trace. */
  readonly sent: number | null;
  delivered: number | null;
  lost: number | null;
}

/** As `Message`, but placed in the trace instead of among the moments. */
export type Passage = Readonly<Flight>;

export function passagesOf(told: readonly Told[]): readonly Passage[] {
  const all: Flight[] = [];
  const links = new Map<string, Flight[]>();
  const linkOf = (twin: number, connection: number, to: string): Flight[] => {
    const key = `${twin} ${connection} ${to}`;
    const link = links.get(key) ?? [];
    links.set(key, link);
    return link;
  };
  const opened = new Set<string>();
  /** The newest connection of each client, and those that carry nothing any more. */
  const newest = new Map<string, number>();
  const dead = new Set<string>();
  const cut = (twin: number, client: string, index: number): void => {
    const connection = newest.get(`${twin} ${client}`);
    if (connection === undefined) return;
    dead.add(`${twin} ${connection}`);
    for (const to of ['server', 'client']) markLost(linkOf(twin, connection, to), index);
  };
  for (const [index, { action, begins, twin }] of told.entries()) {
    if (begins?.do === 'cut' && told[index + 1]?.event.event !== 'skip') cut(twin, begins.client, index);
    if (action === null) continue;
    if (action.kind === 'opened') opened.add(`${twin} ${action.connection}`);
    if (action.kind === 'attempted') newest.set(`${twin} ${action.client}`, action.connection);
    if (action.kind === 'fellSilent') cut(twin, action.client, index);
    const send = (going: Going | null): void => {
      if (going === null || !opened.has(`${twin} ${going.connection}`)) return;
      const flight: Flight = { ...going, sent: index, delivered: null, lost: dead.has(`${twin} ${going.connection}`) ? index : null };
      all.push(flight);
      linkOf(twin, going.connection, going.to).push(flight);
    };
    send(goingOf(action));
    const arrival = arrivalOf(action);
    if (arrival !== null) {
      const found = deliver(arrival, index, linkOf(twin, arrival.connection, arrival.to), all);
      // The other end answers a close with a close of its own, unless it had said so already.
      if (found?.text.startsWith('close') === true && !hasClosed(all, found)) send(confirmationOf(found));
    }
    endLinks(action, index, (connection, to) => linkOf(twin, connection, to), all);
  }
  return all.filter(({ text, delivered }) => text !== confirmed || delivered !== null);
}

export function messagesOf(passages: readonly Passage[], momentOf: readonly number[]): readonly Message[] {
  const place = (index: number | null): number | null => (index === null ? null : (momentOf[index] ?? null));
  return passages.map(({ client, connection, to, word, sent, delivered, lost }) => ({
    client,
    connection,
    to,
    word,
    sent: place(sent),
    delivered: place(delivered),
    lost: delivered === null ? place(lost) : null,
  }));
}

type Going = Pick<Flight, 'client' | 'connection' | 'to' | 'word' | 'text'>;

const confirmed = 'confirmed';

function confirmationOf({ client, connection, to }: Flight): Going {
  return { client, connection, to: to === 'server' ? 'client' : 'server', word: 'close confirmed', text: confirmed };
}

function hasClosed(all: readonly Flight[], { connection, to }: Flight): boolean {
  return all.some((other) => other.connection === connection && other.to !== to && other.text.startsWith('close'));
}

function goingOf(action: Action): Going | null {
  switch (action.kind) {
    case 'clientSent':
      return { ...endsOf(action), to: 'server', ...said(action.word) };
    case 'serverSent':
      return { ...endsOf(action), to: 'client', ...said(action.word) };
    case 'clientClosed':
      return action.givenUp ? null : { ...endsOf(action), to: 'server', word: 'close', text: 'close' };
    case 'serverClosed':
      return action.givenUp ? null : { ...endsOf(action), to: 'client', ...close(action.closing.reason) };
    default:
      return null;
  }
}

interface Arrival extends Going {
  readonly isNonsense: boolean;
}

function arrivalOf(action: Action): Arrival | null {
  switch (action.kind) {
    case 'serverReceived':
    case 'clientHeard':
      return {
        ...endsOf(action),
        to: action.kind === 'clientHeard' ? 'client' : 'server',
        ...said(action.word),
        isNonsense: action.word.word === 'nonsense',
      };
    case 'serverHeardClose':
      return { ...endsOf(action), to: 'server', word: 'close', text: 'close', isNonsense: false };
    case 'clientHeardClose':
      return { ...endsOf(action), to: 'client', ...close(action.closing.reason), isNonsense: false };
    default:
      return null;
  }
}

function endsOf({ client, connection }: { readonly client: string; readonly connection: number }) {
  return { client, connection };
}

function said(word: Parameters<typeof shortWord>[0]) {
  return { word: shortWord(word), text: JSON.stringify(word) };
}

function close(reason: string | null) {
  return { word: reason === null ? 'close' : `close ${reason}`, text: `close ${reason ?? ''}` };
}

function deliver(arrival: Arrival, index: number, link: Flight[], all: Flight[]): Flight | undefined {
  const isClose = arrival.text.startsWith('close');
  const at = link.findIndex(({ text }) => text === arrival.text || (isClose && text === confirmed));
  if (at < 0) {
    // The network itself ends connections; but a frame that nobody sent was put there.
    if (!isClose) all.push({ ...going(arrival), sent: null, delivered: index, lost: null });
    return undefined;
  }
  const [found] = link.splice(at, 1);
  for (const passed of link.splice(0, at)) passed.lost ??= index;
  if (found !== undefined) found.delivered = index;
  return found;
}

function going({ client, connection, to, word, text }: Arrival): Going {
  return { client, connection, to, word, text };
}

/** From where an end has closed or heard the close, nothing more reaches it there. */
function endLinks(action: Action, index: number, linkOf: (connection: number, to: string) => Flight[], all: readonly Flight[]): void {
  switch (action.kind) {
    case 'serverHeardClose':
    case 'clientHeardClose': {
      const isServer = action.kind === 'serverHeardClose';
      markLost(linkOf(action.connection, isServer ? 'server' : 'client'), index);
      return;
    }
    case 'clientClosed':
    case 'serverClosed':
      if (action.givenUp) for (const to of ['server', 'client']) markLost(linkOf(action.connection, to), index);
      return;
    case 'clientCrashed':
      markLost(
        all.filter(({ client }) => client === action.client),
        index,
      );
      return;
    case 'serverStopped':
      markLost(action.how === 'crash' ? all : [], index);
      return;
    default:
      return;
  }
}

/** What is delivered in the end after all was not lost: the mark counts only where it never arrived. */
function markLost(flights: readonly Flight[], index: number): void {
  for (const flight of flights) if (flight.delivered === null) flight.lost ??= index;
}
