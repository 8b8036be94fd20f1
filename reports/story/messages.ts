/**
 * Messages from sending to delivery. Links are first in, first out, so a delivery is that of the oldest frame under way
 * that says the same; older ones were swallowed, and what nobody sent was injected. A close is a message too.
 */
import type { Action } from '../../model/actions.ts';
import { shortWord } from '../events/words.ts';
import type { Message } from './story.ts';
import type { Told } from './told.ts';

/** A frame under way, or what became of it. */
interface Flight {
  /** Which of the two runs of a relation: the second numbers its connections anew. */
  readonly twin: number;
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
    const send = ({ client, connection, to, word, text }: Going): void => {
      if (!opened.has(`${twin} ${connection}`)) return;
      const flight: Flight = {
        client,
        connection,
        to,
        word,
        text,
        twin,
        sent: index,
        delivered: null,
        lost: dead.has(`${twin} ${connection}`) ? index : null,
      };
      all.push(flight);
      linkOf(twin, connection, to).push(flight);
    };
    const crossing = crossingOf(action);
    if (crossing !== null && !crossing.arrives) send(crossing);
    if (crossing?.arrives === true) {
      const { arrives: _arrives, ...arrival } = crossing;
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

function hasClosed(all: readonly Flight[], { twin, connection, to }: Flight): boolean {
  return all.some((other) => other.twin === twin && other.connection === connection && other.to !== to && isClose(other));
}

function isClose({ text }: Going): boolean {
  return text.startsWith('close');
}

/** What leaves an end with that action, or reaches one. */
function crossingOf(action: Action): (Going & { readonly arrives: boolean }) | null {
  switch (action.kind) {
    case 'clientSent':
    case 'serverReceived':
      return { ...endsOf(action), ...said(action.word), to: 'server', arrives: action.kind === 'serverReceived' };
    case 'serverSent':
    case 'clientHeard':
      return { ...endsOf(action), ...said(action.word), to: 'client', arrives: action.kind === 'clientHeard' };
    case 'clientClosed':
      return action.givenUp ? null : { ...endsOf(action), ...close(null), to: 'server', arrives: false };
    case 'serverHeardClose':
      return { ...endsOf(action), ...close(null), to: 'server', arrives: true };
    case 'serverClosed':
      return action.givenUp ? null : { ...endsOf(action), ...close(action.closing.reason), to: 'client', arrives: false };
    case 'clientHeardClose':
      return { ...endsOf(action), ...close(action.closing.reason), to: 'client', arrives: true };
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
