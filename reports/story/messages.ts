/**
 * Messages from sending to delivery. Links are first in, first out, so a delivery is that of the oldest frame under way
 * that says the same; older ones were swallowed, and what nobody sent was injected. A close is a message too.
 */
import type { Action } from '../../model/actions.ts';
import { shortWord } from '../events/words.ts';
import type { Message } from './story.ts';
import type { Told } from './told.ts';

/** A frame under way, or what became of it. */
interface Flight extends Omit<Message, 'delivered' | 'lost'> {
  /** Which of the two runs of a relation: the second numbers its connections anew. */
  readonly twin: number;
  /** Compares equal with the delivery's. */
  readonly text: string;
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
    const send = (going: Going): void => {
      const { connection, to } = going;
      if (!opened.has(`${twin} ${connection}`)) return;
      const flight: Flight = { ...going, twin, sent: index, delivered: null, lost: dead.has(`${twin} ${connection}`) ? index : null };
      all.push(flight);
      linkOf(twin, connection, to).push(flight);
    };
    const crossing = crossingOf(action);
    if (crossing?.arrives === false) send(crossing.going);
    if (crossing?.arrives === true) {
      const arrival = crossing.going;
      const found = deliver(arrival, index, linkOf(twin, arrival.connection, arrival.to));
      // The network itself ends connections; but a frame that nobody sent was put there.
      if (found === undefined && !isClose(arrival)) all.push({ ...arrival, twin, sent: null, delivered: index, lost: null });
      // The other end answers a close with a close of its own, unless it had said so already.
      if (found !== undefined && isClose(found) && !hasClosed(all, found)) send(confirmationOf(found));
    }
    endLinks(action, index, {
      link: (connection, to) => linkOf(twin, connection, to),
      all: () => all.filter((flight) => flight.twin === twin),
    });
  }
  return all.filter(({ text, delivered }) => text !== confirmed || delivered !== null);
}

export function messagesOf(passages: readonly Passage[], momentOf: readonly number[]): readonly Message[] {
  const place = (index: number | null): number | null => (index === null ? null : (momentOf[index] ?? null));
  return passages.map(({ twin: _twin, text: _text, ...message }) => ({
    ...message,
    sent: place(message.sent),
    delivered: place(message.delivered),
    lost: message.delivered === null ? place(message.lost) : null,
  }));
}

type Going = Pick<Flight, 'client' | 'connection' | 'to' | 'word' | 'text'>;

const confirmed = 'confirmed';

function confirmationOf({ client, connection, to }: Flight): Going {
  return { client, connection, to: to === 'server' ? 'client' : 'server', word: 'close confirmed', text: confirmed };
}

function hasClosed(all: readonly Flight[], { twin, connection, to }: Flight): boolean {
  return all.some((other) => other.twin === twin && other.connection === connection && other.to !== to && isClose(other));
}

function isClose({ text }: Going): boolean {
  return text.startsWith('close');
}

/** What leaves an end with that action, or reaches one. */
function crossingOf(action: Action): { readonly going: Going; readonly arrives: boolean } | null {
  switch (action.kind) {
    case 'clientSent':
    case 'serverReceived':
      return crossing(action, 'server', said(action.word), action.kind === 'serverReceived');
    case 'serverSent':
    case 'clientHeard':
      return crossing(action, 'client', said(action.word), action.kind === 'clientHeard');
    case 'clientClosed':
      return action.givenUp ? null : crossing(action, 'server', close(null), false);
    case 'serverHeardClose':
      return crossing(action, 'server', close(null), true);
    case 'serverClosed':
      return action.givenUp ? null : crossing(action, 'client', close(action.closing.reason), false);
    case 'clientHeardClose':
      return crossing(action, 'client', close(action.closing.reason), true);
    default:
      return null;
  }
}

function crossing(
  { client, connection }: Pick<Going, 'client' | 'connection'>,
  to: Going['to'],
  words: Pick<Going, 'word' | 'text'>,
  arrives: boolean,
) {
  return { going: { client, connection, to, ...words }, arrives };
}

function said(word: Parameters<typeof shortWord>[0]) {
  return { word: shortWord(word), text: JSON.stringify(word) };
}

function close(reason: string | null) {
  return { word: reason === null ? 'close' : `close ${reason}`, text: `close ${reason ?? ''}` };
}

function deliver(arrival: Going, index: number, link: Flight[]): Flight | undefined {
  const at = link.findIndex(({ text }) => text === arrival.text || (isClose(arrival) && text === confirmed));
  if (at < 0) return undefined;
  const [found] = link.splice(at, 1);
  for (const passed of link.splice(0, at)) passed.lost ??= index;
  if (found !== undefined) found.delivered = index;
  return found;
}

/** The frames of one of the two runs. */
interface Flights {
  link(connection: number, to: string): readonly Flight[];
  all(): readonly Flight[];
}

/** From where an end has closed or heard the close, nothing more reaches it there. */
function endLinks(action: Action, index: number, flights: Flights): void {
  switch (action.kind) {
    case 'serverHeardClose':
    case 'clientHeardClose': {
      const isServer = action.kind === 'serverHeardClose';
      markLost(flights.link(action.connection, isServer ? 'server' : 'client'), index);
      return;
    }
    case 'clientClosed':
    case 'serverClosed':
      if (action.givenUp) for (const to of ['server', 'client']) markLost(flights.link(action.connection, to), index);
      return;
    case 'clientCrashed':
      markLost(
        flights.all().filter(({ client }) => client === action.client),
        index,
      );
      return;
    case 'serverStopped':
      if (action.how === 'crash') markLost(flights.all(), index);
      return;
    default:
      return;
  }
}

/** What is delivered in the end after all was not lost: the mark counts only where it never arrived. */
function markLost(flights: readonly Flight[], index: number): void {
  for (const flight of flights) if (flight.delivered === null) flight.lost ??= index;
}
