/** Random operations of the toy, for tests that hold of every sequence of them. */
import fc from 'fast-check';
import type { ToyOperation } from './toy-system.test-data.ts';

export const toyClients = ['c1', 'c2'] as const;

const client = fc.constantFrom(...toyClients);
const text = fc.constantFrom('a', 'b', 'grüße', '{"x":1}', '☂');
const label = client.chain((name) => fc.constantFrom(`${name} opening`, `${name}→server`, `server→${name}`));

/** Each run weighs sends, endings, cuts and holds as it comes; executions are frequent, or nothing ever opens. */
const operation: fc.Arbitrary<ToyOperation> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), client }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('clientSend' as const, 'serverSend' as const), client, text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('clientClose' as const, 'serverClose' as const), client, text }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('clientTerminate' as const, 'serverTerminate' as const), client }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cut' as const),
      client,
      how: fc.constantFrom('clean' as const, 'abrupt' as const, 'halfOpen' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('inject' as const), client, to: fc.constantFrom('server' as const, 'client' as const), text }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stranger' as const),
      texts: fc.array(fc.oneof(text, fc.constantFrom('bye', 'shoo')), { maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('killServer' as const), how: fc.constantFrom('graceful' as const, 'crash' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('startServer' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('killClient' as const), client }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('refuse' as const, 'accept' as const), client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('hold' as const, 'release' as const), label }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('execute' as const), label }) },
);

/** Both clients connect first: most sequences without a connection say nothing. */
export const toyOperations: fc.Arbitrary<readonly ToyOperation[]> = fc
  .array(operation, { minLength: 1, maxLength: 40, size: 'max' })
  .map((operations) => [...toyClients.flatMap(opened), ...operations]);

function opened(name: string): readonly ToyOperation[] {
  return [
    { do: 'connect', client: name },
    { do: 'execute', label: `${name} opening` },
  ];
}
