/**
 * What is used of the published packages, as their public documentation tells it: the shapes, and the checks by which
 * something unknown is known to have them.
 */

export interface PublishedClient {
  readonly connectionStatus: unknown;
  readonly token: unknown;
  startSession(token: string, connect?: boolean, refreshOptions?: object): Promise<unknown>;
  updateSessionToken(token: string): Promise<unknown>;
  endSession(): Promise<unknown>;
  connect(): unknown;
  disconnect(): unknown;
  clear(): Promise<unknown>;
  subscribe(query: object, onResults: (rows: unknown) => void, onError: (error: unknown) => void, options: object): () => void;
  insert(collection: string, row: object): Promise<unknown>;
  update(collection: string, id: string, change: (row: Record<string, unknown>) => void): Promise<unknown>;
  delete(collection: string, id: string): Promise<unknown>;
  transact(work: (transaction: PublishedTransaction) => Promise<void>): Promise<unknown>;
  onConnectionStatusChange(callback: (status: unknown) => void): unknown;
  onSessionError(callback: (type: unknown) => void): unknown;
  onEntitySyncSuccess(collection: string, id: string, callback: () => void): unknown;
  onEntitySyncError(collection: string, id: string, callback: (error: unknown) => void): unknown;
  onFailureToSyncWrites(callback: (error: unknown, writes: unknown) => unknown): unknown;
  clearPendingChangesForEntity(collection: string, id: string): Promise<unknown>;
}
export type PublishedTransaction = Pick<PublishedClient, 'insert' | 'update' | 'delete'>;

const clientMethods: readonly (keyof PublishedClient)[] = [
  'startSession',
  'updateSessionToken',
  'endSession',
  'connect',
  'disconnect',
  'clear',
  'subscribe',
  'insert',
  'update',
  'delete',
  'transact',
  'onConnectionStatusChange',
  'onSessionError',
  'onEntitySyncSuccess',
  'onEntitySyncError',
  'onFailureToSyncWrites',
  'clearPendingChangesForEntity',
];

function isClient(value: unknown): value is PublishedClient {
  return typeof value === 'object' && value !== null && clientMethods.every((method) => typeof Reflect.get(value, method) === 'function');
}

/** `exports` is what the bundle of the client exports. */
export function newClient(exports: unknown, options: object): PublishedClient {
  const Client = memberOf(exports, 'TriplitClient');
  const client: unknown = typeof Client === 'function' ? Reflect.construct(Client, [options]) : undefined;
  if (!isClient(client)) throw new TypeError('this is not the client whose interface is known here');
  return client;
}

/** The application that `@triplit/server/hono` makes. */
export interface PublishedApplication {
  fetch(request: object, environment: object): unknown;
}

function isApplication(value: unknown): value is PublishedApplication {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'fetch') === 'function';
}

export type UpgradeWebSocket = (createEvents: (context: unknown) => unknown) => (context: unknown) => Promise<unknown>;

/** `exports` is what the bundle of the server exports. */
export async function newApplication(exports: unknown, options: object, upgrade: UpgradeWebSocket): Promise<PublishedApplication> {
  const create = memberOf(exports, 'createTriplitHonoServer');
  const created: unknown = typeof create === 'function' ? Reflect.apply(create, undefined, [options, upgrade, () => {}]) : undefined;
  const application: unknown = await created;
  if (!isApplication(application)) throw new TypeError('this is not the server whose interface is known here');
  return application;
}

export function memberOf(value: unknown, key: string): unknown {
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? Reflect.get(value, key) : undefined;
}

/** Calls a method that may be missing. */
export function callMember(value: unknown, key: string, parameters: readonly unknown[]): unknown {
  const method = memberOf(value, key);
  return typeof method === 'function' ? Reflect.apply(method, value, parameters) : undefined;
}
