import { describe, expect, test } from 'vitest';
import type { Mutant } from './mutant.ts';
import { sampleOf, shardOf } from './sample.ts';

const mutants = Array.from(
  { length: 100 },
  (_, place): Mutant => ({
    file: 'sut/client/some.ts',
    mutator: 'BooleanLiteral',
    before: 'true',
    after: 'false',
    occurrence: place + 1,
    name: `name ${place}`,
    number: `${place}`,
    line: place,
    column: 1,
    leftOut: null,
  }),
);
const namesOf = (some: readonly Mutant[]): readonly string[] => some.map(({ name }) => name);

describe('a sample', () => {
  test('is that of its seed, in the order of the mutants', () => {
    const sample = sampleOf(mutants, 20, 3);
    expect(sample).toHaveLength(20);
    expect(namesOf(sampleOf([...mutants].reverse(), 20, 3)).toSorted()).toEqual(namesOf(sample).toSorted());
    expect(namesOf(sample)).toEqual(namesOf(mutants.filter((mutant) => sample.includes(mutant))));
    expect(namesOf(sampleOf(mutants, 20, 4))).not.toEqual(namesOf(sample));
  });

  test('stays nearly as it is where a mutant goes', () => {
    const sample = sampleOf(mutants, 20, 3);
    const without = mutants.filter((mutant) => mutant !== sample[0]);
    expect(sampleOf(without, 20, 3).filter((mutant) => sample.includes(mutant))).toHaveLength(19);
  });

  test('of more than there are is all', () => expect(sampleOf(mutants, 1_000, 3)).toEqual(mutants));
});

describe('shards', () => {
  test('have every mutant once, together', () => {
    const parts = [1, 2, 3].map((part) => shardOf(mutants, { part, of: 3 }));
    expect(parts.map((part) => part.length)).toEqual([34, 33, 33]);
    expect(namesOf(parts.flat()).toSorted()).toEqual(namesOf(mutants).toSorted());
  });
});
