/** What somebody else said is quoted in part, and harmlessly, wherever it comes up. */
import { describe, expect, test } from 'vitest';
import { describeDifference, differences } from '../schema/difference.ts';
import { readSchema } from '../schema/read-schema.ts';
import { insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';
import { collection, everything, text, todosSchema } from '../testing/server-schemas.ts';
import { named, quoted } from './quoted.ts';

describe('quoted', () => {
  test.each([
    ['milk', '"milk"'],
    ['a "b"', '"a \\"b\\""'],
    ['x'.repeat(64), `"${'x'.repeat(64)}"`],
    ['x'.repeat(65), `"${'x'.repeat(64)}"…`],
    [`${'x'.repeat(63)}😀`, `"${'x'.repeat(63)}"…`],
    ['line\nbreak', '"line\\nbreak"'],
    ['\u001b[31m', '"\\u001b[31m"'],
    ['\u009b31m', '"\\u{9b}31m"'],
    ['\u202eabc\u2028', '"\\u{202e}abc\\u{2028}"'],
  ])('%j', (said, shown) => {
    expect(quoted(said)).toBe(shown);
  });

  test('a plain name stands by itself', () => {
    expect(['milk', 'größe_2', 'c1:7', 'two words', '', 'x'.repeat(65)].map(named)).toEqual([
      'milk',
      'größe_2',
      'c1:7',
      '"two words"',
      '""',
      `"${'x'.repeat(64)}"…`,
    ]);
  });
});

/** A lawful name that breaks lines, colours terminals and turns writing around, and is long. */
const hostile = `x\n\u001b[31m\u202e${'y'.repeat(5_000)}`;

function expectHarmless(said: string): void {
  expect(said).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(said.length).toBeLessThan(500);
}

/** What a server says and logs of what one connection sends. */
async function saidOf(...frames: readonly string[]): Promise<readonly string[]> {
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const denying = todosSchema({ member: { ...everything, insert: { filter: [['owner', '=', 'nobody']] } } });
  const world = await startTestServer({ schema: denying, logger: { debug: log, info: log, warn: log, error: log } });
  const client = await world.connect('c1', { token: await world.token({ role: 'member', sub: 'ann' }) });
  logged.length = 0;
  for (const frame of frames) await client.sendText(frame);
  const told = client.fresh().flatMap((frame) => ('error' in frame ? [frame.error.message] : []));
  const closed = client.closed();
  const why = closed === undefined || closed === 'terminated' ? [] : [closed.message ?? ''];
  return [...told, ...why, ...logged];
}

const withInsert = (id: string, attributes: Parameters<typeof insertion>[1]) => JSON.stringify(writeFrame(1, insertion(id, attributes)));

test.each<[string, readonly string[]]>([
  ['a type of frame', [JSON.stringify({ type: hostile })]],
  ['an operator', [JSON.stringify(subscribeFrame('q')).replace('"where":[]', `"where":[["a",${JSON.stringify(hostile)},1]]`)]],
  ['a kind of operation', [JSON.stringify(writeFrame(1, insertion('a'))).replace('"insert"', JSON.stringify(hostile))]],
  ['a subscription in use', [JSON.stringify(subscribeFrame(hostile)), JSON.stringify(subscribeFrame(hostile))]],
  ['an id that may not be written', [withInsert(hostile, { owner: 'ann' })]],
  ['an attribute that no schema has', [withInsert('a', { owner: 'ann', [hostile]: 1 })]],
  ['a collection that no schema has', [withInsert('a', {}).replace('"todos"', JSON.stringify(hostile))]],
])('%s', async (_what, frames) => {
  const said = await saidOf(...frames);
  expect(said.length).toBeGreaterThan(0);
  for (const words of said) expectHarmless(words);
});

test('what is wrong with a schema, and how two differ', () => {
  const wide = { collections: { [hostile]: collection({ [hostile]: text }) }, roles: {} };
  const bare = { collections: { [hostile]: collection({}) }, roles: {} };
  for (const pair of [
    [wide, bare],
    [bare, wide],
    [wide, { collections: {}, roles: {} }],
    [{ collections: {}, roles: {} }, wide],
  ] as const)
    for (const difference of differences(pair[0], pair[1])) expectHarmless(describeDifference(difference));
  const misspelt = { collections: { [hostile]: { attributes: { [hostile]: { type: hostile } }, permissions: null } }, roles: {} };
  let message = '';
  try {
    readSchema(misspelt, 'schema');
  } catch (error) {
    message = error instanceof Error ? error.message : '';
  }
  expect(message).not.toBe('');
  expectHarmless(message);
});
