import { describe, expect, test } from 'vitest';
import { append, load, storeOf } from '../../language/labels.ts';
import type { CommandStep, Configuration, Step, TokenSpec } from '../../scripts/script.ts';
import { applyStep } from '../../steps/index.ts';
import { castSchema, changeAttribute } from '../schemas.ts';
import type { Forecast } from './state.ts';
import { initialForecast } from './state.ts';

const token: TokenSpec = { kind: 'fresh', user: 'ann', role: 'member', plan: 'free', lifetimeMs: null, validFromMs: null, flaw: 'none' };
const start: CommandStep = { do: 'startSession', client: 'c1', token, connect: true, refresh: null };
const row = { id: 'milk', text: 'buy milk', done: false, assignee: null, due: null, estimate: 1 };
const insert: CommandStep = { do: 'insert', client: 'c1', collection: 'todos', row };

function foreseen(steps: readonly Step[], more: Partial<Configuration> = {}): Forecast {
  const clients = [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }];
  const forecast = initialForecast({ clients, authentication: 'HS256', claimsPath: null, rows: {}, ...more });
  for (const step of steps) applyStep(forecast, step);
  return forecast;
}

function stageOf(forecast: Forecast): string | undefined {
  return forecast.clients[0]?.stage;
}

describe('the forecast knows', () => {
  test('a session that opens, and a write that commits', () => {
    const forecast = foreseen([start, insert]);
    expect(stageOf(forecast)).toBe('open');
    expect(forecast.rows.has('todos/milk')).toBe(true);
    expect(forecast.clients[0]?.outbox).toEqual([]);
  });

  test.each([true, false])('a crash during an append, tail kept: %s', (keepsTail) => {
    const crash: Step = { do: 'restartServer', how: 'crash', keepsTail };
    const crashed = foreseen([start, { do: 'hold', label: append }, insert, crash]);
    expect(stageOf(crashed)).toBe('waiting');
    expect(crashed.rows.has('todos/milk')).toBe(keepsTail);
    applyStep(crashed, { do: 'release', label: append });
    applyStep(crashed, { do: 'advance', ms: 250 });
    expect(stageOf(crashed)).toBe('open');
    expect(crashed.rows.size).toBe(1);
    expect(crashed.clients[0]?.outbox).toEqual([]);
  });

  test('a server that reads its log lets nobody in', () => {
    const forecast = foreseen([
      start,
      { do: 'hold', label: load },
      { do: 'restartServer', how: 'graceful', keepsTail: false },
      { do: 'advance', ms: 1000 },
    ]);
    expect(forecast.up).toBe(false);
    expect(stageOf(forecast)).toBe('waiting');
    applyStep(forecast, { do: 'release', label: load });
    applyStep(forecast, { do: 'advance', ms: 1000 });
    expect(stageOf(forecast)).toBe('open');
  });

  test('an append that fails closes everybody, and they come again', () => {
    const failed = foreseen([start, { do: 'failStorage', process: 'server', keepsTail: false }, insert]);
    expect(stageOf(failed)).toBe('waiting');
    expect(failed.rows.size).toBe(0);
    applyStep(failed, { do: 'advance', ms: 250 });
    expect(failed.rows.size).toBe(1);
  });

  test('a client that crashes has its outbox, and nothing else', () => {
    const query = { collection: 'todos', where: [], order: [] };
    const subscribe: Step = { do: 'subscribe', client: 'c1', subscription: 'q1', query };
    const [client] = foreseen([subscribe, insert, { do: 'restartClient', client: 'c1', keepsTail: false }]).clients;
    expect(client?.session).toBeUndefined();
    expect(client?.subscriptions).toEqual([]);
    expect(client?.outbox.length).toBe(1);
  });

  test('a clear discards what was not stored, and what is not sent', () => {
    const hold: Step = { do: 'hold', label: storeOf('c1') };
    const forecast = foreseen([insert, hold, insert, { do: 'clear', client: 'c1' }, { do: 'release', label: storeOf('c1') }]);
    expect(forecast.clients[0]?.outbox).toEqual([]);
  });

  test('a write that the schema or its permissions forbid', () => {
    const ill: CommandStep = { ...insert, row: { id: 'rent', text: 7 } };
    expect(foreseen([start, ill], { schema: castSchema }).rejected.size).toBe(1);
    const closed = {
      ...castSchema,
      collections: { todos: { attributes: castSchema.collections.todos?.attributes ?? {}, permissions: {} } },
    };
    expect(foreseen([start, insert], { schema: closed }).rejected.size).toBe(1);
    expect(foreseen([{ ...start, token: { ...token, secret: true } }, insert], { schema: closed }).rejected.size).toBe(0);
  });

  test('pushes: refused by data, breaking a client, asked for', () => {
    const numbers = changeAttribute(castSchema, 'todos', 'text', { type: 'number' });
    expect(foreseen([start, insert, { do: 'pushSchema', schema: numbers }]).schema).toBeNull();
    const clients = [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0, schema: castSchema }];
    const broken = foreseen([start, { do: 'pushSchema', schema: numbers }], { clients, schema: castSchema });
    expect(stageOf(broken)).toBe('closed');
    applyStep(broken, { do: 'connect', client: 'c1' });
    expect(stageOf(broken)).toBe('closed');
    const older = changeAttribute(castSchema, 'todos', 'text', { optional: true });
    expect(foreseen([start], { clients, schema: older }).told.size).toBe(1);
  });

  test('nonsense closes for good, babble does not', () => {
    expect(stageOf(foreseen([start, { do: 'inject', client: 'c1', to: 'server', nonsense: 'notJson' }]))).toBe('closed');
    expect(stageOf(foreseen([start, { do: 'inject', client: 'c1', to: 'client', nonsense: 'notJson' }]))).toBe('waiting');
  });
});
