import { expect, test } from 'vitest';
import { type Action, initialState, step } from '../../../model/index.ts';
import { queryOf } from '../../../sut/triplit/shapes.ts';
import { createBundles } from './bundles.ts';

const query = { collection: 'todos', where: [], order: [] };
const subscribe: Action = { kind: 'command', client: 'c1', command: { do: 'subscribe', subscription: 'q1', query } };

function followed() {
  const beginning = initialState({
    clients: [{ name: 'c1', knowsRoles: false, wallClockSkewMs: 0 }],
    roles: {},
    sharedSecret: true,
    epochMs: 0,
    rows: {},
  });
  const taken = step(beginning, subscribe);
  if (!taken.ok) throw new Error(taken.rejected.message);
  const bundles = createBundles(() => taken.state);
  bundles.sent('c1', 1, { told: 'query', id: 'x', query: queryOf(query) }, 'query');
  bundles.delivered('c1', 1, 'client', 'query');
  const sendData = (text: string): number => bundles.sent('c1', 1, { told: 'data', ids: ['x'], rows: {} }, text).length;
  const leave = (): void => void bundles.sent('c1', 1, { told: 'leave', id: 'x' }, 'leave');
  const hearLeave = (): void => void bundles.delivered('c1', 1, 'client', 'leave');
  return { sendData, leave, hearLeave };
}

test('data for a query that is being left are told until the server hears it', () => {
  const { sendData, leave } = followed();
  leave();
  expect([sendData('first'), sendData('second')]).toEqual([1, 1]);
});

test('when it has heard that, one message more is told: what was to be sent by then', () => {
  const { sendData, leave, hearLeave } = followed();
  leave();
  hearLeave();
  expect([sendData('first'), sendData('second')]).toEqual([1, 0]);
});
