/**
 * Plays scripts with the published packages as an application would run them: the real server on a port of this machine,
 * real clients, real WebSockets, real time. Nothing is judged; after each step it is waited until the packages tell that
 * nothing of what was asked for is under way.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { WebSocket } from 'ws';
import { createPurse } from '../../properties/driving/purse.ts';
import { sum } from '../../properties/language/lists.ts';
import type { CommandStep, Script, Step } from '../../properties/scripts/script.ts';
import { isCommand } from '../../properties/steps/index.ts';
import { createMint } from '../../properties/worlds/tokens.ts';
import { optionsOf } from '../../sut/triplit/server.ts';
import { setFolder } from '../../sut/triplit/sets.ts';
import { schemaOptionsOf } from '../../sut/triplit/shapes.ts';
import { callMember, memberOf, newClient } from '../../sut/triplit/surface.ts';
import { type WatchedClient, watch } from './client.ts';
import { createRest } from './rest.ts';

/** The modules of an installed set, as an application would import them. */
export interface Packages {
  readonly client: unknown;
  readonly server: unknown;
}

/**
 * `steps`: those of the script, messages, and sockets that opened or closed. `restless`: steps after which the packages did
 * not come to rest in time.
 */
type Played = Readonly<Record<'steps' | 'restless', number>>;

/** Node 20 has no global `WebSocket`: the client is given one, after it has looked for one to wrap. */
export async function importPackages(root: string, set: string): Promise<Packages> {
  const { resolve } = createRequire(join(setFolder(root, set), 'package.json'));
  const load = (name: string): Promise<unknown> => import(pathToFileURL(resolve(name)).href);
  const packages = { client: await load('@triplit/client'), server: await load('@triplit/server') };
  Object.assign(globalThis, { WebSocket: globalThis.WebSocket ?? WebSocket });
  return packages;
}

/** A server and clients of its own for each script. */
export async function playScript(packages: Packages, script: Script): Promise<Played> {
  const { authentication, claimsPath, schema } = script.configuration;
  if (schema === undefined || schema === null) throw new TypeError('scripts for the published packages have a schema');
  const mint = createMint({ authentication, claimsPath });
  const purse = createPurse(mint, Date.now, Date.now(), 1_000);
  const claims = claimsPath ?? undefined;
  const settings = { roles: undefined, claimsPath: claims, schema, frameBytesMax: Number.POSITIVE_INFINITY };
  const { options } = await optionsOf(settings, mint.keySource(), schema);
  const server = await startServer(packages.server, options);
  const rest = createRest();
  const clients = new Map<string, WatchedClient>();
  for (const { name } of script.configuration.clients) {
    const given = { ...schemaOptionsOf(schema, schema.roles), ...(claims !== undefined && { claimsPath: claims }) };
    const serverUrl = `http://127.0.0.1:${server.port}`;
    const made = newClient(packages.client, { serverUrl, autoConnect: false, logLevel: 'none', ...given });
    clients.set(name, watch(made, rest.mayBeOver));
  }
  const isAtRest = (): boolean => [...clients.values()].every((client) => client.isAtRest());
  let restless = 0;
  for (const step of script.steps) {
    await playStep(step, clients, purse.mint);
    if (!(await rest.over(isAtRest))) restless += 1;
  }
  for (const { client } of clients.values()) await client.endSession();
  server.close();
  return { steps: script.steps.length + sum([...clients.values()], (client) => client.steps()), restless };
}

type Mint = ReturnType<typeof createPurse>['mint'];
type Token = Parameters<Mint>[0];

async function playStep(step: Step, clients: ReadonlyMap<string, WatchedClient>, mint: Mint): Promise<void> {
  switch (step.do) {
    case 'advance':
      await pass(step.ms);
      return;
    case 'together':
      await Promise.all(step.commands.map((command) => playCommand(command, clients, mint)));
      return;
    default:
      if (!isCommand(step)) throw new TypeError(`${step.do} cannot be played in real time`);
      await playCommand(step, clients, mint);
  }
}

/** A refusal is an outcome as any other. */
async function playCommand(command: CommandStep, clients: ReadonlyMap<string, WatchedClient>, mint: Mint): Promise<void> {
  const watched = clients.get(command.client);
  if (watched === undefined) return;
  await perform(command, watched, (token) => bytesOf(mint, token, watched)).catch(() => {});
}

async function bytesOf(mint: Mint, token: Token, { client }: WatchedClient): Promise<string | null> {
  const minted = await mint(token, typeof client.token === 'string' ? client.token : undefined);
  return minted === null ? null : minted.bytes;
}

async function perform(command: CommandStep, watched: WatchedClient, mint: (token: Token) => Promise<string | null>): Promise<void> {
  const { client } = watched;
  switch (command.do) {
    case 'startSession': {
      const token = await mint(command.token);
      if (token !== null) await client.startSession(token, command.connect, refreshOptionsOf(command, mint));
      return;
    }
    case 'updateSessionToken': {
      const token = await mint(command.token);
      if (token !== null) await client.updateSessionToken(token);
      return;
    }
    case 'endSession':
      await client.endSession();
      return;
    case 'connect':
      await client.connect();
      return;
    case 'disconnect':
      client.disconnect();
      return;
    case 'subscribe':
      return watched.subscribe(command.subscription, command.query);
    case 'unsubscribe':
      return watched.unsubscribe(command.subscription);
    case 'insert':
      return watched.insert(command.collection, command.row);
    case 'update':
      return watched.update(command.collection, command.id, command.changes);
    case 'delete':
      return watched.delete(command.collection, command.id);
    case 'transact':
    case 'clear':
      throw new TypeError(`${command.do} is not played in real time`);
  }
}

type Start = Extract<CommandStep, { readonly do: 'startSession' }>;

function refreshOptionsOf({ refresh }: Start, mint: (token: Token) => Promise<string | null>): object | undefined {
  if (refresh === null) return undefined;
  let calls = 0;
  const refreshHandler = async (): Promise<string | null> => {
    const answer = refresh.answers[Math.min(calls, refresh.answers.length - 1)];
    calls += 1;
    if (answer === undefined || answer.answer === 'null') return null;
    if (answer.answer === 'throw') throw new Error('no token');
    return mint(answer.token);
  };
  return { ...(refresh.intervalMs !== null && { interval: refresh.intervalMs }), refreshHandler };
}

interface Server {
  readonly port: number;
  close(): void;
}

async function startServer(module: unknown, options: object): Promise<Server> {
  const start: unknown = await callMember(module, 'createServer', [options]);
  if (typeof start !== 'function') throw new TypeError('the server does not start as it is known here');
  return new Promise((resolve) => {
    const server: unknown = Reflect.apply(start, undefined, [
      0,
      (listening: unknown) => resolve({ port: Number(memberOf(listening, 'port')), close: () => void callMember(server, 'close', []) }),
    ]);
  });
}
