/** The table as a whole: what must hold of every entry. */
import { expect, test } from 'vitest';
import { type Status, sessionTable, type Transition, type Trigger } from './session-table.ts';

interface Entry extends Transition {
  readonly from: Status;
  readonly trigger: Trigger;
}

const statuses = Object.keys(sessionTable).filter((key): key is Status => Object.hasOwn(sessionTable, key));
const entries: readonly Entry[] = statuses.flatMap((from) => {
  const row = sessionTable[from];
  const triggers = Object.keys(row).filter((key): key is Trigger => Object.hasOwn(row, key));
  return triggers.flatMap((trigger) => {
    const transition = row[trigger];
    return transition === undefined ? [] : [{ from, trigger, ...transition }];
  });
});
const connected: readonly Status[] = ['CONNECTING', 'OPEN', 'CLOSING'];
const say = ({ from, trigger }: Entry): string => `${from} × ${trigger}`;

test('CONNECTING begins with a dial, and nothing else dials', () => {
  const wrong = entries.filter(({ to, effects }) => (to === 'CONNECTING') !== effects.includes('dial'));
  expect(wrong.map(say)).toEqual([]);
});

test('a connection that goes out of sight is let go, and before the next dial', () => {
  const lettingGo = ['override', 'leave', 'forget', 'giveUp'];
  const wrong = entries.filter(({ from, to, effects }) => {
    const isLeft = connected.includes(from) && (!connected.includes(to) || effects.includes('dial'));
    return isLeft !== lettingGo.includes(effects[0] ?? '');
  });
  expect(wrong.map(say)).toEqual([]);
});

test('whatever leaves CLOSED, or is told to rest there, cancels the reconnect', () => {
  const wrong = entries.filter(({ from, effects }) => from === 'CLOSED' && effects[0] !== 'cancelReconnect');
  expect(wrong.map(say)).toEqual([]);
});

test('only a loss of the connection leads to another attempt by itself', () => {
  const scheduling = entries.filter(({ effects }) => effects.includes('scheduleReconnect'));
  expect(scheduling.map(say)).toEqual(['CONNECTING × lost', 'OPEN × lost']);
});

test('every status can be ended, and every session started over', () => {
  for (const status of statuses) {
    expect(sessionTable[status].end?.to ?? status).toBe('UNINITIALIZED');
    expect(sessionTable[status].startConnected?.to).toBe('CONNECTING');
    expect(sessionTable[status].startClosed?.to).toBe('CLOSED');
  }
});
