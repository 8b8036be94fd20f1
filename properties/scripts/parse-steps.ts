/** Reads the steps of a script: one reader a kind, in a table that the compiler holds complete. */
import type { TokenFlaw } from '../../model/actions.ts';
import {
  type Fields,
  isObject,
  readChoice,
  readFlag,
  readList,
  readName,
  readNumber,
  readNumberOrNull,
  readObject,
  readPattern,
  readWhole,
  wrong,
} from './checks.ts';
import { clientNamePattern, isLabel } from './labels.ts';
import { readAttributes, readQuery, readRow } from './parse-query.ts';
import type { CommandStep, HandlerAnswer, RefreshSpec, Step, StepKind, TokenSpec } from './script.ts';

export const flaws: readonly TokenFlaw[] = [
  'none',
  'undecodable',
  'wrongSignature',
  'wrongAlgorithm',
  'missingAlgorithm',
  'noneAlgorithm',
  'keyConfusion',
  'tampered',
  'wrongClaimsPath',
];
export const callbacks = ['status', 'sessionError', 'results', 'synced'] as const;
export const cuts = ['clean', 'abrupt', 'halfOpen'] as const;

type Reader<Kind extends StepKind> = (value: unknown, path: string) => Extract<Step, { do: Kind }>;
type Readers<Kind extends StepKind> = { readonly [Each in Kind]: Reader<Each> };

const commandReaders: Readers<CommandStep['do']> = {
  startSession: (value, path) => {
    const fields = readStep(value, path, ['client', 'token', 'connect', 'refresh']);
    return {
      do: 'startSession',
      client: readClient(fields.client, `${path}.client`),
      token: readToken(fields.token, `${path}.token`),
      connect: readFlag(fields.connect, `${path}.connect`),
      refresh: fields.refresh === null ? null : readRefresh(fields.refresh, `${path}.refresh`),
    };
  },
  updateSessionToken: (value, path) => {
    const fields = readStep(value, path, ['client', 'token']);
    return {
      do: 'updateSessionToken',
      client: readClient(fields.client, `${path}.client`),
      token: readToken(fields.token, `${path}.token`),
    };
  },
  endSession: (value, path) => ({ do: 'endSession', ...readClientOnly(value, path) }),
  connect: (value, path) => ({ do: 'connect', ...readClientOnly(value, path) }),
  disconnect: (value, path) => ({ do: 'disconnect', ...readClientOnly(value, path) }),
  subscribe: (value, path) => {
    const fields = readStep(value, path, ['client', 'subscription', 'query']);
    return {
      do: 'subscribe',
      client: readClient(fields.client, `${path}.client`),
      subscription: readName(fields.subscription, `${path}.subscription`),
      query: readQuery(fields.query, `${path}.query`),
    };
  },
  unsubscribe: (value, path) => {
    const fields = readStep(value, path, ['client', 'subscription']);
    return {
      do: 'unsubscribe',
      client: readClient(fields.client, `${path}.client`),
      subscription: readName(fields.subscription, `${path}.subscription`),
    };
  },
  insert: (value, path) => {
    const fields = readStep(value, path, ['client', 'collection', 'row']);
    return {
      do: 'insert',
      client: readClient(fields.client, `${path}.client`),
      collection: readName(fields.collection, `${path}.collection`),
      row: readRow(fields.row, `${path}.row`),
    };
  },
  update: (value, path) => {
    const fields = readStep(value, path, ['client', 'collection', 'id', 'changes']);
    const changes = readAttributes(fields.changes, `${path}.changes`);
    if (Object.hasOwn(changes, 'id')) throw wrong(`${path}.changes`, 'no id: the id of a row never changes');
    return {
      do: 'update',
      client: readClient(fields.client, `${path}.client`),
      collection: readName(fields.collection, `${path}.collection`),
      id: readName(fields.id, `${path}.id`),
      changes,
    };
  },
  delete: (value, path) => {
    const fields = readStep(value, path, ['client', 'collection', 'id']);
    return {
      do: 'delete',
      client: readClient(fields.client, `${path}.client`),
      collection: readName(fields.collection, `${path}.collection`),
      id: readName(fields.id, `${path}.id`),
    };
  },
};

const readers: Readers<StepKind> = {
  ...commandReaders,
  together: (value, path) => {
    const commands = readList(readStep(value, path, ['commands']).commands, `${path}.commands`, readCommand);
    if (commands.length === 0) throw wrong(`${path}.commands`, 'at least one command');
    return { do: 'together', commands };
  },
  inCallback: (value, path) => {
    const fields = readStep(value, path, ['client', 'callback', 'command']);
    return {
      do: 'inCallback',
      client: readClient(fields.client, `${path}.client`),
      callback: readChoice(fields.callback, `${path}.callback`, callbacks),
      command: readCommand(fields.command, `${path}.command`),
    };
  },
  hold: (value, path) => ({ do: 'hold', label: readLabel(readStep(value, path, ['label']).label, `${path}.label`) }),
  release: (value, path) => ({ do: 'release', label: readLabel(readStep(value, path, ['label']).label, `${path}.label`) }),
  deliver: (value, path) => {
    const fields = readStep(value, path, ['label', 'count']);
    return { do: 'deliver', label: readLabel(fields.label, `${path}.label`), count: readWhole(fields.count, `${path}.count`, 1) };
  },
  advance: (value, path) => ({ do: 'advance', ms: readWhole(readStep(value, path, ['ms']).ms, `${path}.ms`, 0) }),
  cut: (value, path) => {
    const fields = readStep(value, path, ['client', 'how']);
    return { do: 'cut', client: readClient(fields.client, `${path}.client`), how: readChoice(fields.how, `${path}.how`, cuts) };
  },
  refuseConnections: (value, path) => ({ do: 'refuseConnections', ...readClientOnly(value, path) }),
  acceptConnections: (value, path) => ({ do: 'acceptConnections', ...readClientOnly(value, path) }),
  jumpWallClock: (value, path) => {
    const fields = readStep(value, path, ['process', 'byMs']);
    const process = readPattern(fields.process, `${path}.process`, /^(server|c[1-9][0-9]*)$/, 'server or a client like c1');
    return { do: 'jumpWallClock', process, byMs: readNumber(fields.byMs, `${path}.byMs`) };
  },
  rotateKeys: (value, path) => {
    readStep(value, path, []);
    return { do: 'rotateKeys' };
  },
};

function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(table).filter((key): key is Key => Object.hasOwn(table, key));
}

export const commandKinds: readonly CommandStep['do'][] = keysOf(commandReaders);
export const stepKinds: readonly StepKind[] = keysOf(readers);

export function readAnyStep(value: unknown, path: string): Step {
  return readers[readKind(value, path, stepKinds)](value, path);
}

function readCommand(value: unknown, path: string): CommandStep {
  return commandReaders[readKind(value, path, commandKinds)](value, path);
}

function readKind<Kind extends string>(value: unknown, path: string, kinds: readonly Kind[]): Kind {
  if (!isObject(value)) throw wrong(path, 'an object');
  return readChoice(value.do, `${path}.do`, kinds);
}

function readStep(value: unknown, path: string, keys: readonly string[]): Fields {
  return readObject(value, path, ['do', ...keys]);
}

function readClientOnly(value: unknown, path: string): { readonly client: string } {
  return { client: readClient(readStep(value, path, ['client']).client, `${path}.client`) };
}

export function readClient(value: unknown, path: string): string {
  return readPattern(value, path, clientNamePattern, 'a client like c1');
}

function readLabel(value: unknown, path: string): string {
  const label = readName(value, path);
  if (!isLabel(label)) throw wrong(path, 'a label like c1→server, c1 refresh timer or server append');
  return label;
}

function readToken(value: unknown, path: string): TokenSpec {
  if (!isObject(value)) throw wrong(path, 'an object');
  if (readChoice(value.kind, `${path}.kind`, ['fresh', 'current']) === 'current') {
    readObject(value, path, ['kind']);
    return { kind: 'current' };
  }
  const fields = readObject(value, path, ['kind', 'user', 'role', 'plan', 'lifetimeMs', 'validFromMs', 'flaw']);
  return {
    kind: 'fresh',
    user: readName(fields.user, `${path}.user`),
    role: readName(fields.role, `${path}.role`),
    plan: readName(fields.plan, `${path}.plan`),
    lifetimeMs: readNumberOrNull(fields.lifetimeMs, `${path}.lifetimeMs`),
    validFromMs: readNumberOrNull(fields.validFromMs, `${path}.validFromMs`),
    flaw: readChoice(fields.flaw, `${path}.flaw`, flaws),
  };
}

function readRefresh(value: unknown, path: string): RefreshSpec {
  const fields = readObject(value, path, ['intervalMs', 'answers']);
  const answers = readList(fields.answers, `${path}.answers`, readAnswer);
  if (answers.length === 0) throw wrong(`${path}.answers`, 'at least one answer');
  return { intervalMs: readNumberOrNull(fields.intervalMs, `${path}.intervalMs`), answers };
}

function readAnswer(value: unknown, path: string): HandlerAnswer {
  if (!isObject(value)) throw wrong(path, 'an object');
  const answer = readChoice(value.answer, `${path}.answer`, ['token', 'null', 'throw']);
  if (answer === 'token') return { answer, token: readToken(readObject(value, path, ['answer', 'token']).token, `${path}.token`) };
  readObject(value, path, ['answer']);
  return { answer };
}
