/**
 * The wire of the published packages told in the model's words. What differs from a protocol with a frame for each word:
 * a close is announced by a message before the close frame, and the client answers the announcement with a close of its
 * own, which is no decision of the client's; the server names connections, by which the token endpoint knows them; and
 * what concerns several subscriptions or writes is said once (`bundles.ts`).
 */
import type { Action, State } from '../../../model/index.ts';
import { isNonsense } from '../../../sut/triplit/nonsense.ts';
import { publishedWire, serverIdIn, type Told, toldByClient, toldByServer } from '../../../sut/triplit/words.ts';
import { closingOf, createTranslator, type Translator } from '../../driving/translator.ts';
import type { WorldEvent } from '../../worlds/world.ts';
import { createBundles } from './bundles.ts';

export interface PublishedTranslator extends Translator {
  /** The connection to which the server gave that id. */
  readonly connectionOf: (serverId: string) => number | undefined;
  /** Whether the server has announced that it closes the connection. */
  readonly isAnnounced: (connection: number) => boolean;
}

type Frame = Extract<WorldEvent, { readonly data: string }>;

/** `state` is the model's, as it is when an event is told. */
export function createPublishedTranslator(labelOf: (token: string) => string | undefined, state: () => State): PublishedTranslator {
  const words = createTranslator(publishedWire, labelOf);
  const bundles = createBundles(state);
  const byServerId = new Map<string, number>();
  const announced = new Set<number>();
  const heard = new Set<number>();

  function translateFrame(event: Frame, told: Told): readonly Action[] {
    const { client, connection, data } = event;
    const isSent = event.event === 'clientSent' || event.event === 'serverSent';
    switch (told.told) {
      case 'word':
        return words.translate(event);
      case 'nothing':
        return [];
      case 'close':
        (isSent ? announced : heard).add(connection);
        if (!isSent) return [];
        return [{ kind: 'serverClosed', client, connection, closing: closingOf(publishedWire, closeText(told)), givenUp: false }];
      default:
        if (isSent) return bundles.sent(client, connection, told, data);
        return bundles.delivered(client, connection, event.event === 'serverReceived' ? 'client' : 'server', data);
    }
  }

  function translate(event: WorldEvent): readonly Action[] {
    switch (event.event) {
      case 'clientSent':
        return translateFrame(event, toldByClient(event.data));
      case 'serverReceived':
        return isNonsense(event.data) ? words.translate(event) : translateFrame(event, toldByClient(event.data));
      case 'serverSent': {
        const id = serverIdIn(event.data);
        if (id !== null) byServerId.set(id, event.connection);
        return translateFrame(event, toldByServer(event.data));
      }
      case 'clientHeard':
        return isNonsense(event.data) ? words.translate(event) : translateFrame(event, toldByServer(event.data));
      case 'serverClosed':
        return announced.has(event.connection) ? [] : words.translate(event);
      case 'clientClosed':
        return heard.has(event.connection) ? [] : words.translate(event);
      default:
        return words.translate(event);
    }
  }
  return {
    ...words,
    translate,
    connectionOf: (serverId) => byServerId.get(serverId),
    isAnnounced: (connection) => announced.has(connection),
  };
}

function closeText({ reason, retry, message }: Extract<Told, { readonly told: 'close' }>): string {
  return JSON.stringify({ type: reason, retry, ...(message !== null && { message }) });
}
