/** An update by a function is judged by what it changed. */
import { expect, test } from 'vitest';
import { updateBy } from './draft.ts';
import * as S from './schema/index.ts';

const schema = S.Collections({
  todos: {
    schema: S.Schema({ id: S.Id(), text: S.String(), due: S.Date(), tags: S.Set(S.String()), state: S.String({ enum: ['open'] }) }),
  },
});
/** As another client's newer schema has it: an attribute more, another enumeration, a list where this one knows of none. */
const row = { id: 'x', text: 'milk', due: '2030-01-01T00:00:00.000Z', tags: ['a', 'b'], state: 'parked', colours: ['red'] };
const update = (change: (draft: Record<string, unknown>) => unknown) => updateBy(change, schema, 'todos')(row);

test('what the function left alone need not fit', () => {
  expect(update((draft) => Object.assign(draft, { text: 'bread' }))).toEqual({ text: 'bread' });
  expect(update(() => ({ text: 'bread' }))).toEqual({ text: 'bread' });
  expect(update(() => undefined)).toEqual({});
});

test('what it changed in place is seen, and judged', () => {
  const changed = update((draft) => {
    if (draft.tags instanceof Set) draft.tags.add('c');
    if (draft.due instanceof Date) draft.due.setTime(0);
  });
  expect(changed).toEqual({ tags: ['a', 'b', 'c'], due: '1970-01-01T00:00:00.000Z' });
  expect(() => update((draft) => Object.assign(draft, { state: 'lost' }))).toThrow('state: expected one of');
  expect(() => update((draft) => Object.assign(draft, { colours: ['blue'] }))).toThrow('colours: the schema has no such attribute');
  expect(() => update((draft) => Array.isArray(draft.colours) && draft.colours.push('blue') > 9)).toThrow('colours');
  expect(row.colours).toEqual(['red']);
});

test('what is written as it was is no change', () => {
  expect(update((draft) => Object.assign(draft, { tags: ['b', 'a'], due: row.due, text: 'milk' }))).toEqual({});
});
