import { expect, test } from 'vitest';
import { nearestNames } from './nearest-names.ts';

const known = ['S1', 'S7', 'S11', 'Q1', 'liveness', 'relations/late-subscriber'];

test.each<[string, readonly string[]]>([
  ['s7', ['S7', 'S1']],
  ['s1', ['S1', 'S11', 'S7']],
  ['S77', ['S7']],
  ['livenes', ['liveness']],
  ['late-subscribers', ['relations/late-subscriber']],
  ['ZZ', []],
  ['', []],
])('near "%s"', (typed, nearest) => expect(nearestNames(typed, known)).toEqual(nearest));
