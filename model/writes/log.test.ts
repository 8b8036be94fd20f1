/** What a write does to the rows (W3): generations, whole inserts, updates attribute by attribute, the dead staying dead. */
import { describe, expect, test } from 'vitest';
import { configuration } from '../traces/cast.ts';
import type { Change } from './changes.ts';
import { apply, type Rows, rowsOf, seededVersions } from './log.ts';

const insert = (generation: string, attributes: Readonly<Record<string, string>>): Change => ({
  kind: 'insert',
  collection: 'todos',
  id: '1',
  generation,
  row: { id: '1', ...attributes },
});
const update = (generation: string, changes: Readonly<Record<string, string>>): Change => ({
  kind: 'update',
  collection: 'todos',
  id: '1',
  generation,
  changes,
});
const remove = (generation: string): Change => ({ kind: 'delete', collection: 'todos', id: '1', generation });
const after = (...changes: readonly Change[]): Rows => changes.reduce(apply, {});
const row = (...changes: readonly Change[]) => after(...changes)['todos/1']?.row;

describe('a row', () => {
  test('an update changes the attributes that it names, and never the id', () => {
    expect(row(insert('a:1', { x: '1', y: '1' }), update('a:1', { y: '2', id: '9' }))).toEqual({ id: '1', x: '1', y: '2' });
  });
  test('two updates of different attributes both stand, of one attribute the later', () => {
    const both = row(insert('a:1', { x: '1', y: '1' }), update('a:1', { x: '2' }), update('a:1', { y: '2' }), update('a:1', { x: '3' }));
    expect(both).toEqual({ id: '1', x: '3', y: '2' });
  });
  test('an insert on a living id replaces the whole row', () => {
    expect(row(insert('a:1', { x: '1' }), insert('b:1', { y: '2' }))).toEqual({ id: '1', y: '2' });
  });
  test('an update or delete of a replaced generation has no effect', () => {
    const replaced = [insert('a:1', { x: '1' }), insert('b:1', { y: '2' })];
    expect(row(...replaced, update('a:1', { x: '3' }))).toEqual({ id: '1', y: '2' });
    expect(row(...replaced, remove('a:1'))).toEqual({ id: '1', y: '2' });
  });
  test('an update brings nothing back', () => {
    expect(row(insert('a:1', { x: '1' }), remove('a:1'), update('a:1', { x: '2' }))).toBeUndefined();
    expect(row(update('a:1', { x: '2' }))).toBeUndefined();
  });
  test('a deleted id can begin a new generation', () => {
    expect(row(insert('a:1', { x: '1' }), remove('a:1'), insert('a:2', { y: '2' }))).toEqual({ id: '1', y: '2' });
  });
});

test('what has no effect leaves the very same rows', () => {
  const rows = after(insert('a:1', { x: '1' }));
  expect(apply(rows, update('dead', { x: '2' }))).toBe(rows);
  expect(apply(rows, remove('dead'))).toBe(rows);
});

test('the rows of a collection are not those of another whose name begins alike', () => {
  const rows: Rows = {
    'todo/1': { generation: 'a:1', row: { id: '1' } },
    'todos/1': { generation: 'a:2', row: { id: '1', plural: true } },
  };
  expect(rowsOf(rows, 'todo')).toEqual([{ id: '1' }]);
});

test('the seeded log has an empty version and one for each row', () => {
  expect(seededVersions(configuration.rows).map((rows) => Object.keys(rows).length)).toEqual([0, 1, 2, 3]);
});
