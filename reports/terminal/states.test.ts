import { describe, expect, test } from 'vitest';
import type { StateFact, States } from '../../properties/trace.ts';
import { columnsOf } from './columns.ts';
import { differencesIn, statesText } from './states.ts';
import { plainStyle } from './style.ts';

const q1 = { subscription: 'q1', query: 'todos where done = false, ordered by priority desc' };

function fact(name: string, model: StateFact['model'], system: StateFact['system'], of: StateFact['of'] = null): StateFact {
  return { of, name, model, system };
}

const states: States = {
  afterSteps: 3,
  atMs: 1_250,
  held: ['server append'],
  processes: [
    {
      name: 'c1',
      facts: [
        fact('status', ['OPEN'], ['CLOSED']),
        fact('token', ['ann/member/free until 60 s, key-1'], ['ann/member/free until 60 s, key-1']),
        fact('outbox', ['write 1: insert todos/rent (stored)'], null),
        fact('version', ['4'], null, q1),
        fact(
          'rows',
          ['milk: done false, text "Buy milk"', 'rent: done false, text "Pay the rent"', 'visa: done false'],
          ['milk: done true, text "Buy milk"', 'visa: done false', 'bike: done false'],
          q1,
        ),
      ],
    },
    { name: 'server', facts: [fact('groups', ['c1 q1, c2 q1'], ['c1 q1', 'c2 q1'])] },
  ],
};

describe('both states', () => {
  test('stand side by side, what differs marked', () => {
    expect(`\n${statesText(states, 9, plainStyle, 100)}`).toMatchInlineSnapshot(`
      "
      After step 3 of 9, 1,250 ms into the run. Lines that differ are marked ≠.
      Held back: server append.

      c1             model                                      system
        ≠ status     OPEN                                       CLOSED
          token      ann/member/free until 60 s, key-1          ann/member/free until 60 s, key-1
          outbox     write 1: insert todos/rent (stored)
          q1: todos where done = false, ordered by priority desc
            version  4
        ≠   rows     milk: done false, text "Buy milk"          milk: done true, text "Buy milk"
        ≠            rent: done false, text "Pay the rent"
                     visa: done false                           visa: done false
        ≠                                                       bike: done false

      server      model                                        system
        ≠ groups  c1 q1, c2 q1                                 c1 q1
        ≠                                                      c2 q1
      "
    `);
  });

  test('stand one under the other where it is narrow', () => {
    expect(`\n${statesText(states, 9, plainStyle, 40)}`).toMatchInlineSnapshot(`
      "
      After step 3 of 9, 1,250 ms into the
      run. Lines that differ are marked ≠.
      Held back: server append.

      c1
        ≠ status
            model   OPEN
            system  CLOSED
          token ann/member/free until 60 s,
            key-1
          outbox write 1: insert todos/rent
            (stored)
          q1: todos where done = false,
            ordered by priority desc
          version 4
        ≠ q1 rows
            model   milk: done false, text
              "Buy milk"
            system  milk: done true, text
              "Buy milk"
        ≠ q1 rows
            model   rent: done false, text
              "Pay the rent"
            system  nothing
          visa: done false
        ≠ q1 rows
            model   nothing
            system  bike: done false

      server
        ≠ groups
            model   c1 q1, c2 q1
            system  c1 q1
        ≠ groups
            model   nothing
            system  c2 q1
      "
    `);
  });

  test.each([40, 63, 64, 80, 120])('fit into %i columns', (widthColumns) => {
    for (const line of statesText(states, 9, plainStyle, widthColumns).split('\n')) {
      expect(columnsOf(line)).toBeLessThanOrEqual(widthColumns);
    }
  });

  test('are counted by facts that differ', () => expect(differencesIn(states)).toBe(3));
});
