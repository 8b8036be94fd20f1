/** Filters and rows at random, for the tests of this folder: few attributes and values, so that they meet often. */
import fc from 'fast-check';
import type { Attributes, Filter, Scalar, Statement } from './types.ts';

const attribute = fc.constantFrom('a', 'b', 'c');
const scalar = fc.constantFrom<Scalar>(null, false, true, 0, 1, 2, '', '1', 'x', 'xy');
const list = fc.array(scalar, { maxLength: 3 });

const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(attribute, fc.constant<'='>('='), scalar) },
  fc.tuple(attribute, fc.constantFrom<'!=' | '<' | '<=' | '>' | '>=' | 'has' | '!has'>('!=', '<', '<=', '>', '>=', 'has', '!has'), scalar),
  fc.tuple(attribute, fc.constantFrom<'in' | 'nin'>('in', 'nin'), list),
  fc.tuple(attribute, fc.constantFrom<'=' | '!=' | '<'>('=', '!=', '<'), list),
  fc.tuple(attribute, fc.constant<'like'>('like'), fc.constantFrom('%', 'x_', 'x%')),
  fc.tuple(attribute, fc.constant<'isDefined'>('isDefined'), fc.boolean()),
);

export const filterArbitrary: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    statement,
    fc.record({ mod: fc.constantFrom<'and' | 'or'>('and', 'or'), filters: fc.array(tie('filter'), { maxLength: 4 }) }),
  ),
})).filter;

export const rowArbitrary: fc.Arbitrary<Attributes> = fc
  .dictionary(attribute, fc.oneof(scalar, list), { maxKeys: 3 })
  .map((attributes) => ({ ...attributes, id: 'row' }));
