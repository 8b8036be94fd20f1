/** Each of our attacks has a counterpart on the published server, or a reason why it has none. */
import { expect, test } from 'vitest';
import { attacks } from '../attacks/index.ts';
import { publishedAttacks } from './attacks.ts';

test('none is missing, and none is left over', () => {
  expect(Object.keys(publishedAttacks).sort()).toEqual(attacks.map(({ name }) => name).sort());
});
