/** Entries of a log as fast-check draws them: every lawful one, and above all those that an encoding would rather not see. */
import fc from 'fast-check';
import type { Scalar, Value } from '../../vocabulary/values.ts';
import type { LogEntry } from '../server/storage.ts';

const plain = { noNullPrototype: true } as const;
const awkward = [
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00x',
  '\ufeff',
  '\u2028',
  '"\\',
  '\u007f',
  '😀',
  'ÿ',
];
/** Any code units, in any order: lone surrogates too. */
const texts = fc.oneof(
  fc.constantFrom('', ...awkward),
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 12 }),
);
const names = texts.filter((text) => text !== '');
const numbers = fc.oneof(
  fc.constantFrom(-0, 0, 5e-324, Number.MAX_VALUE, Number.MIN_SAFE_INTEGER, 2 ** 53, 1e21, 0.1),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const scalars: fc.Arbitrary<Scalar> = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));
const values: fc.Arbitrary<Value> = fc.oneof(scalars, fc.array(scalars, { maxLength: 4 }));
const attributes = fc.array(fc.tuple(names, values), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));
const row = { collection: names, id: names };
const operations = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), ...row, attributes }, plain),
  fc.record({ kind: fc.constant('update' as const), ...row, generation: names, changes: attributes }, plain),
  fc.record({ kind: fc.constant('delete' as const), ...row, generation: names }, plain),
);
const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const authorship = { version: positive, clientId: names, sequence: positive, id: texts, answered: fc.nat() };
const schema = fc.array(fc.tuple(names, names), { maxLength: 3 }).map((pairs) => ({
  collections: Object.fromEntries(
    pairs.map(([collection, attribute]) => [
      collection,
      {
        attributes: Object.fromEntries([
          [attribute, { type: 'string' as const, items: null, nullable: false, optional: true, enum: ['a', attribute] }],
        ]),
        permissions: { [attribute]: { read: { filter: [[attribute, '=', -0] as const] }, insert: {} } },
      },
    ]),
  ),
  roles: {},
}));

export const logEntries: fc.Arbitrary<LogEntry> = fc.oneof(
  fc.record(
    { kind: fc.constant('write' as const), ...authorship, operations: fc.array(operations, { minLength: 1, maxLength: 4 }) },
    plain,
  ),
  fc.record({ kind: fc.constant('rejection' as const), ...authorship, error: fc.record({ name: texts, message: texts }, plain) }, plain),
  fc.record({ kind: fc.constant('incarnation' as const), version: fc.nat(), id: names }, plain),
  fc.record({ kind: fc.constant('schema' as const), version: positive, schema }, plain),
);
