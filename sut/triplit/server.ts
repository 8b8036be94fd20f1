/**
 * The published server as a system under test: the application of `@triplit/server/hono` with its own verification of
 * tokens, behind a WebSocket upgrade that gives it the connections of the world.
 */
import { createHmac } from 'node:crypto';
import type { ServerEnvironment, ServerSettings, SystemServer } from '../port/system.ts';
import type { Connection, ConnectionEvents, Listening } from '../runtime/ports.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import { isKeySet, type KeySource } from '../server/keys.ts';
import type { LogEntry } from '../server/storage.ts';
import type { Handle, HttpAnswer, HttpRequest } from './exchange.ts';
import { type Bundle, type Process, startProcess } from './process.ts';
import { schemaOptionsOf, writableOf } from './shapes.ts';
import { callMember, memberOf, newApplication, type PublishedApplication, type UpgradeWebSocket } from './surface.ts';
import { readUpgrade } from './words.ts';

export interface ServerParts {
  readonly bundle: Bundle;
  readonly seed: string;
  readonly monotonicNow: () => number;
  /** Stands in where the run has no schema. */
  readonly schema: PlainSchema;
  /** The server has another schema. */
  readonly onOverridden: () => void;
  /** Called with the handler of HTTP requests as soon as the server listens, and with nothing when it no longer does. */
  readonly serve: (handle: Handle | undefined) => void;
}

const origin = 'http://server';
/** The rows of the beginning are older than the run: rows and changes of one millisecond are another matter. */
const hourMs = 3_600_000;

export function createPublishedServer(environment: ServerEnvironment, settings: ServerSettings, parts: ServerParts): SystemServer {
  const { wallClock, timers, listener, observer, keys } = environment;
  /** Whose request, frame or close is being handled. */
  let whose = 'nobody';
  let isSeeding = false;
  const process = startProcess(parts.bundle, {
    wallClock: { now: () => wallClock.now() - (isSeeding ? hourMs : 0) },
    monotonicNow: parts.monotonicNow,
    timers,
    seed: parts.seed,
    complete: (work) => environment.complete(`verify of ${whose}`, work).then((result) => process.enter(() => result)),
    timerNameOf: (kind) => (kind === 'batching' ? 'flush timer' : 'timer'),
  });
  const on = <Result>(label: string, work: () => Result): Result => {
    whose = label;
    return process.enter(work);
  };
  let listening: Listening | undefined;
  let serving: { readonly application: PublishedApplication; readonly ownersToken: string } | undefined;

  async function start(port: number): Promise<{ readonly port: number }> {
    const options = await optionsOf(settings, keys, parts.schema);
    if (options.keyNames.length > 0) observer.onKeysFetched(options.keyNames);
    const application = await process.enter(() => newApplication(process.exports, options.options, upgrade));
    listening = await listener.listen(
      port,
      (connection) => accept(application, connection, process, on),
      () => 'OK',
    );
    parts.serve((client, request) => on(client, () => handle(application, request)));
    const { entries: log } = await environment.storage.load();
    isSeeding = true;
    await process.enter(() => seed(application, options.ownersToken, log));
    isSeeding = false;
    serving = { application, ownersToken: options.ownersToken };
    observer.onRecovered(log.length);
    return { port: listening.port };
  }

  return {
    start,
    close: async () => {
      parts.serve(undefined);
      serving = undefined;
      await listening?.close();
    },
    overrideSchema: async (schema) => {
      if (serving === undefined) throw Object.assign(new Error('the server is not there'), { name: 'ServerUnavailableError' });
      const { application, ownersToken } = serving;
      const outcome = await on('owner', () => override(application, ownersToken, schema));
      if (outcome.accepted) parts.onOverridden();
      return outcome;
    },
    inspect: () => null,
  };
}

/** Where clients have a key of their own, the owner's tokens are signed by another: theirs alone verifies those of clients. */
const ownersSecret = 'of the owner of the server alone';

interface Options {
  readonly options: object;
  readonly keyNames: readonly string[];
  readonly ownersToken: string;
}

export async function optionsOf(settings: ServerSettings, keys: KeySource, schema: PlainSchema): Promise<Options> {
  const { schema: collections, roles } = schemaOptionsOf(settings.schema ?? schema, settings.schema?.roles ?? settings.roles);
  const given = {
    dbOptions: { schema: { collections, roles } },
    logHandler: { log: () => {} },
    ...(settings.claimsPath !== undefined && { claimsPath: settings.claimsPath }),
  };
  // With one secret for all, whoever has it may sign secret tokens too.
  if (keys.kind === 'secret')
    return { options: { ...given, jwtSecret: keys.secret }, keyNames: [], ownersToken: ownersTokenOf(keys.secret) };
  const set = await keys.fetch();
  const [key] = isKeySet(set) ? set.keys : [];
  return {
    options: { ...given, jwtSecret: ownersSecret, externalJwtSecret: JSON.stringify(key) },
    keyNames: key?.kid === undefined ? [] : [key.kid],
    ownersToken: ownersTokenOf(ownersSecret),
  };
}

function ownersTokenOf(secret: string): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const body = `${encode({ alg: 'HS256' })}.${encode({ 'x-triplit-token-type': 'secret' })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** The rows that the log of the run begins with, put in by the owner. */
async function seed(application: PublishedApplication, ownersToken: string, log: readonly LogEntry[]): Promise<void> {
  const rows: Record<string, object[]> = {};
  for (const entry of log) {
    if (entry.kind !== 'write') continue;
    for (const operation of entry.operations)
      if (operation.kind === 'insert')
        rows[operation.collection] = [...(rows[operation.collection] ?? []), writableOf(operation.attributes)];
  }
  if (Object.keys(rows).length === 0) return;
  const request = { url: `${origin}/bulk-insert`, method: 'POST', headers: { authorization: `Bearer ${ownersToken}` }, body: '' };
  const { status } = await handle(application, request, rows);
  if (status !== 200) throw new Error(`the server did not take the rows of the run: ${status}`);
}

/** What an update of the schema came to is told attribute by attribute there, not row by row: issues are left out. */
async function override(application: PublishedApplication, ownersToken: string, schema: PlainSchema): Promise<SchemaOutcome> {
  const { schema: collections, roles } = schemaOptionsOf(schema, schema.roles);
  const request = { url: `${origin}/override-schema`, method: 'POST', headers: { authorization: `Bearer ${ownersToken}` }, body: '' };
  const { status, body } = await handle(application, request, { schema: { collections, roles } });
  if (status !== 200) throw new Error(`the server did not answer to its owner: ${status}`);
  const change: unknown = JSON.parse(body);
  const issues = memberOf(change, 'issues');
  return { accepted: memberOf(change, 'successful') === true, compatible: Array.isArray(issues) && issues.length === 0, issues: [] };
}

/** The handler that `createEvents` asks for a context goes to whoever made the request. */
const upgrade: UpgradeWebSocket = (createEvents) => async (context) => {
  const events: unknown = await createEvents(context);
  callMember(memberOf(context, 'env'), 'upgraded', [events]);
  return new Response();
};

const states = { open: 1, closing: 2, closed: 3 } as const;

/** One socket as the application knows it: the first text is the request that opened it. */
function accept(
  application: PublishedApplication,
  connection: Connection,
  process: Process,
  on: <Result>(label: string, work: () => Result) => Result,
): ConnectionEvents {
  let events: unknown;
  let readyState: number = states.open;
  const socket = {
    get readyState() {
      return readyState;
    },
    send: (data: unknown) => {
      process.noteDeed();
      connection.send(String(data));
    },
    close: (code?: number, reason?: string) => {
      if (readyState !== states.open) return;
      readyState = states.closing;
      process.noteDeed();
      connection.close(code ?? 1005, reason ?? '');
    },
  };
  const open = async (path: string): Promise<void> => {
    let upgraded: unknown;
    const environment = {
      upgraded: (created: unknown) => {
        upgraded = created;
      },
    };
    await application.fetch(new Request(`${origin}${path}`, { headers: { upgrade: 'websocket' } }), environment);
    events = upgraded;
    callMember(events, 'onOpen', [{ type: 'open' }, socket]);
  };
  return {
    onMessage: (data) => {
      const request = readUpgrade(data);
      on(connection.label, () => {
        if (request === null) callMember(events, 'onMessage', [{ type: 'message', data }, socket]);
        else void open(request.path);
      });
    },
    onClose: () => {
      readyState = states.closed;
      on(connection.label, () => callMember(events, 'onClose', [{ type: 'close', code: 1005, reason: '' }, socket]));
    },
  };
}

/** Without the body streams of a real request, which end in real asynchrony. */
async function handle(application: PublishedApplication, { url, method, headers, body }: HttpRequest, data?: object): Promise<HttpAnswer> {
  const text = async (): Promise<string> => body;
  const request = { url, method, headers: new Headers(headers), text, json: async (): Promise<unknown> => data ?? JSON.parse(body) };
  const response: unknown = await application.fetch(request, {});
  const status = memberOf(response, 'status');
  if (typeof status !== 'number') throw new TypeError('an answer has a status');
  // Clients look at the status alone.
  const answer: unknown = data === undefined ? '' : await callMember(response, 'text', []);
  return { status, body: typeof answer === 'string' ? answer : '' };
}
