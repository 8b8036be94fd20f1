import { describe, expect, test } from 'vitest';
import { batchOf } from './batches.ts';

type Write = Parameters<typeof batchOf>[1][number];

function write(sequence: number, change: Write['changes'][number], acknowledged = false): Write {
  const unsaid = { key: `c1:${sequence}`, epoch: 1, id: null, sent: false } as const;
  return {
    ...unsaid,
    sequence,
    changes: [change],
    stored: true,
    decided: null,
    acknowledged,
    isRolledBack: false,
    lingers: null,
    waitsAgain: false,
    isUnseen: false,
  };
}

const inserted = (id: string): Write['changes'][number] => ({
  kind: 'insert',
  collection: 'todos',
  generation: '1',
  row: { id, text: 'first' },
  id,
});
const updated = (id: string): Write['changes'][number] => ({
  kind: 'update',
  collection: 'todos',
  id,
  generation: '1',
  changes: { text: 'second' },
});
const sets = (set: Record<string, Record<string, string>>) => ({ todos: { set, deleted: [] } });

describe('the writes that a message holds', () => {
  test('are the most that wait and together make it', () => {
    const writes = [write(1, inserted('milk')), write(2, updated('milk')), write(3, inserted('rent'))];
    expect(batchOf('c1', writes, sets({ milk: { id: 'milk', text: 'second' } }))).toEqual([1, 2]);
  });

  test('may be one that was acknowledged, which it is for the model to judge', () => {
    const writes = [write(1, inserted('milk'), true), write(2, updated('milk'), true)];
    expect(batchOf('c1', writes, sets({ milk: { text: 'second' } }))).toEqual([2]);
  });

  test('may leave out one that waits between them', () => {
    const writes = [write(1, inserted('milk')), write(2, inserted('rent')), write(3, updated('milk'))];
    expect(batchOf('c1', writes, sets({ milk: { id: 'milk', text: 'second' } }))).toEqual([1, 3]);
  });

  test('must have been written', () => {
    expect(() => batchOf('c1', [write(1, inserted('milk'))], sets({ milk: { text: 'third' } }))).toThrow('nobody wrote');
  });
});
