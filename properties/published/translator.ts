/**
 * The wire of the published packages told in the model's words. Three things differ from a protocol that has a frame for
 * each word: many messages have no word yet and are passed over; a close is announced by a message before the close frame,
 * and the client answers the announcement with a close of its own, which is no decision of the client's; and the server
 * names connections, by which the token endpoint knows them.
 */
import type { Action } from '../../model/index.ts';
import { publishedWire, serverIdIn, type Told, toldByClient, toldByServer } from '../../sut/published/words.ts';
import { closingOf, createTranslator, type Translator } from '../interpreter/words.ts';
import type { WorldEvent } from '../worlds/world.ts';

export interface PublishedTranslator extends Translator {
  /** The connection to which the server gave that id. */
  readonly connectionOf: (serverId: string) => number | undefined;
  /** Whether the server has announced that it closes the connection. */
  readonly isAnnounced: (connection: number) => boolean;
}

export function createPublishedTranslator(labelOf: (token: string) => string | undefined): PublishedTranslator {
  const words = createTranslator(publishedWire, labelOf);
  const byServerId = new Map<string, number>();
  const announced = new Set<number>();
  const heard = new Set<number>();

  function translate(event: WorldEvent): Action | null {
    const { client, connection } = event;
    switch (event.event) {
      case 'clientSent':
      case 'serverReceived':
        return hasWord(toldByClient(event.data)) ? words.translate(event) : null;
      case 'serverSent': {
        const id = serverIdIn(event.data);
        if (id !== null) byServerId.set(id, connection);
        const told = toldByServer(event.data);
        if (told.told !== 'close') return hasWord(told) ? words.translate(event) : null;
        announced.add(connection);
        return {
          kind: 'serverClosed',
          client,
          connection,
          closing: closingOf(publishedWire, JSON.stringify(closeFields(told))),
          givenUp: false,
        };
      }
      case 'clientHeard': {
        const told = toldByServer(event.data);
        if (told.told === 'close') heard.add(connection);
        return hasWord(told) ? words.translate(event) : null;
      }
      case 'serverClosed':
        return announced.has(connection) ? null : words.translate(event);
      case 'clientClosed':
        return heard.has(connection) ? null : words.translate(event);
      default:
        return words.translate(event);
    }
  }
  return {
    translate,
    expect: words.expect,
    connectionOf: (serverId) => byServerId.get(serverId),
    isAnnounced: (connection) => announced.has(connection),
  };
}

function hasWord(told: Told): boolean {
  return told.told === 'word';
}

function closeFields({ reason, retry, message }: Extract<Told, { readonly told: 'close' }>): object {
  return { type: reason, retry, ...(message !== null && { message }) };
}
