/**
 * The token endpoint as client and server of one run meet at it: an HTTP request of a client travels, is handled by the
 * server there is, and its answer travels back. Both ways are tasks of the world; a request is on no link, so it may
 * overtake frames and be overtaken.
 */

/** How the world lets HTTP travel, and who wants to hear of it. */
export interface HttpWorld {
  /** Resolves when the task of that name is run. */
  travel(client: string, leg: 'request' | 'answer'): Promise<void>;
  /** Whether the network lets that client reach the server. */
  isReachable(client: string): boolean;
  readonly observer: ExchangeObserver;
}

/** Told at the moment it happens. `exchange` counts over the run. */
export interface ExchangeObserver {
  /** `server` is the id by which the server knows the client's connection, as the request names it; null: none. */
  onSent(exchange: number, client: string, serverId: string | null, token: string): void;
  onReceived(exchange: number): void;
  onAnswered(exchange: number, status: number): void;
  onHeard(exchange: number): void;
}

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}
export type Handle = (client: string, request: HttpRequest) => Promise<HttpAnswer>;

export interface Exchanges {
  /** As the client's global `fetch`. */
  fetchOf(client: string): (url: string, request: unknown) => Promise<unknown>;
  /** Who handles requests from now on; undefined: nobody. */
  serve(handle: Handle | undefined): void;
}

export function createExchanges({ travel, isReachable, observer }: HttpWorld): Exchanges {
  let handle: Handle | undefined;
  let count = 0;

  async function exchange(client: string, request: HttpRequest): Promise<HttpAnswer> {
    count += 1;
    const number = count;
    observer.onSent(number, client, serverIdIn(request.body), bearerOf(request));
    await travel(client, 'request');
    if (handle === undefined || !isReachable(client)) throw new TypeError('fetch failed');
    observer.onReceived(number);
    const answer = await handle(client, request);
    observer.onAnswered(number, answer.status);
    await travel(client, 'answer');
    observer.onHeard(number);
    return answer;
  }

  return {
    fetchOf: (client) => async (url, request) => {
      const { status, body } = await exchange(client, readRequest(url, request));
      return { ok: status >= 200 && status < 300, status, text: async () => body, json: async (): Promise<unknown> => JSON.parse(body) };
    },
    serve: (next) => {
      handle = next;
    },
  };
}

function readRequest(url: string, request: unknown): HttpRequest {
  const { method, headers, body } = typeof request === 'object' && request !== null ? fieldsOf(request) : {};
  return {
    url,
    method: typeof method === 'string' ? method : 'GET',
    headers: typeof headers === 'object' && headers !== null ? textsOf(headers) : {},
    body: typeof body === 'string' ? body : '',
  };
}

function fieldsOf(request: object): { readonly method?: unknown; readonly headers?: unknown; readonly body?: unknown } {
  return request;
}

function textsOf(headers: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function bearerOf({ headers }: HttpRequest): string {
  return (headers.authorization ?? '').replace(/^Bearer /u, '');
}

function serverIdIn(body: string): string | null {
  const data: unknown = body === '' ? null : JSON.parse(body);
  const id: unknown = typeof data === 'object' && data !== null && 'clientId' in data ? data.clientId : null;
  return typeof id === 'string' ? id : null;
}
