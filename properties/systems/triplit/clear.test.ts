import { expect, test } from 'vitest';
import type { CommandStep, Script } from '../../scripts/script.ts';
import { withTameClears } from './clear.ts';

const insertOf = (client: string): CommandStep => ({ do: 'insert', client, collection: 'todos', row: { id: `of ${client}`, text: 'x' } });

test('whoever clears writes nothing, before it or after it', () => {
  const script: Script = {
    version: 1,
    profile: 'clear',
    configuration: { clients: [], authentication: 'HS256', claimsPath: null, rows: {} },
    steps: [insertOf('c1'), { do: 'together', commands: [insertOf('c2'), { do: 'clear', client: 'c1' }] }, insertOf('c1')],
  };
  expect(withTameClears(script).steps).toEqual([{ do: 'together', commands: [insertOf('c2'), { do: 'clear', client: 'c1' }] }]);
});
