/**
 * Requests to the token endpoint, told as the words for a token update of the connection that they name. One that names a
 * connection which the client has left is heard and answered by the server all the same, but is no word of the client's; and
 * one that names no connection is no word to anybody: what it leads to is judged by what the client shows, nothing else.
 */
import type { ClientWord, ServerWord } from '../../../model/index.ts';
import type { ExchangeObserver } from '../../../sut/triplit/exchange.ts';
import type { Judge } from '../../interpreter/judge.ts';
import type { PublishedTranslator } from './translator.ts';

interface UnderWay {
  readonly client: string;
  readonly connection: number;
  readonly asked: ClientWord & { readonly word: 'updateToken' };
  /** Whether it names the client's live connection. One that names a former is a matter of the server alone. */
  readonly isLive: boolean;
  answered: ServerWord | null;
}

export function createTokenEndpointObserver(
  judge: Judge,
  translator: Pick<PublishedTranslator, 'connectionOf' | 'isAnnounced'>,
  labelOf: (token: string) => string | undefined,
): ExchangeObserver {
  const underWay = new Map<number, UnderWay>();
  const requests = new Map<number, number>();
  const isOpenAtServer = (connection: number): boolean => {
    const known = judge.state().connections[connection];
    return known?.openAtServer === true && known.serverClosing === null;
  };

  return {
    onSent: (exchange, client, serverId, token) => {
      const connection = serverId === null ? undefined : translator.connectionOf(serverId);
      const known = judge.state().clients[client];
      if (connection === undefined || known === undefined) return;
      const isLive = known.connection === connection && known.status === 'OPEN';
      const request = (requests.get(connection) ?? 0) + 1;
      requests.set(connection, request);
      const asked = { word: 'updateToken', request, token: labelOf(token) ?? 'a token of nobody' } as const;
      underWay.set(exchange, { client, connection, asked, isLive, answered: null });
      if (isLive) judge.tell({ kind: 'clientSent', client, connection, word: asked });
    },
    onReceived: (exchange) => {
      const told = underWay.get(exchange);
      // The endpoint answers for a connection that has closed as well; nobody is at the other end of that answer.
      if (told !== undefined && !isOpenAtServer(told.connection)) underWay.delete(exchange);
      else if (told !== undefined)
        judge.tell({ kind: 'serverReceived', client: told.client, connection: told.connection, word: told.asked });
    },
    onAnswered: (exchange, status) => {
      const told = underWay.get(exchange);
      if (told === undefined || translator.isAnnounced(told.connection) || !isOpenAtServer(told.connection)) return;
      const { client, connection, asked } = told;
      told.answered =
        status === 200
          ? { word: 'tokenAccepted', request: asked.request }
          : { word: 'tokenRefused', request: asked.request, reason: 'UNAUTHORIZED' };
      judge.tell({ kind: 'serverSent', client, connection, word: told.answered });
    },
    onHeard: (exchange) => {
      const told = underWay.get(exchange);
      underWay.delete(exchange);
      if (told?.isLive === true && told.answered !== null)
        judge.tell({ kind: 'clientHeard', client: told.client, connection: told.connection, word: told.answered });
    },
  };
}
