/** Shards of a campaign, united again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparable } from '../testing/comparable.test-tools.ts';
import { type Called, lockstep } from '../testing/lockstep.test-tools.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lockstep-shards-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const faulty = ['--system', './examples/toy/adapter.ts', '--seed', '7', '--workers', '1', '--fault', 'examples/toy/expiry-unnoticed.json'];
const folder = (name: string): string => join(scratch, name);
const simulate = (out: string, ...words: readonly string[]): Promise<Called> =>
  lockstep('simulate', ...faulty, ...words, '--out', folder(out));

beforeAll(async () => {
  for (const shard of [1, 2, 3, 4]) await simulate(`shard-${shard}`, '--runs', '26', '--shard', `${shard}/4`);
}, 300_000);

describe('four shards', () => {
  test('come to what one process comes to, byte for byte', async () => {
    const whole = await simulate('whole', '--runs', '26');
    const shards = [3, 1, 4, 2].map((shard) => folder(`shard-${shard}`));
    const merged = await lockstep('merge', ...shards, '--out', folder('merged'));
    expect([whole.code, merged.code]).toEqual([1, 1]);
    expect(comparable(folder('merged'))).toBe(comparable(folder('whole')));
    expect(JSON.parse(comparable(folder('merged')))).toMatchObject({ runs: 26, verdict: 'failed' });
  });

  test('can be united in two steps, and with what was run after them', async () => {
    await simulate('after', '--from', '26', '--runs', '4');
    const merged = await lockstep(
      'merge',
      ...[1, 2, 3, 4].map((shard) => folder(`shard-${shard}`)),
      folder('after'),
      '--out',
      folder('longer'),
    );
    expect(merged.code).toBe(1);
    expect(JSON.parse(comparable(folder('longer')))).toMatchObject({ runs: 30, firstRun: 0, shard: null });
  });
});

test.each<[string, () => readonly string[], RegExp]>([
  ['with a gap', () => [folder('shard-1'), folder('shard-2'), folder('shard-4')], /runs 13 to 18 are in none of them$/],
  ['without the last', () => [folder('shard-1'), folder('shard-2'), folder('shard-3')], /runs 19 to 25 are in none of them$/],
  ['with one twice', () => [1, 2, 3, 4, 3].map((shard) => folder(`shard-${shard}`)), /runs 13 to 18 are in both .*shard-3 and .*shard-3$/],
  ['of nothing', () => [], /merge needs the folders of campaigns/],
  ['of what is no campaign', () => [scratch], /holds no campaign [(]no journal.jsonl[)]$/],
  ['of a campaign of another seed', () => [folder('shard-1'), seedEight()], /are no parts of one campaign: seed 7 and 8$/],
  [
    'of what is not finished',
    () => [unfinished(), folder('shard-2'), folder('shard-3'), folder('shard-4')],
    /run 5 is in none of them; lockstep resume .* goes on with it$/,
  ],
  ['of a journal that is broken', () => [broken()], /journal.jsonl:2: no valid JSON at line 1, column 2$/],
])('a merge %s is refused in one line', async (_, folders, complaint) => {
  const { code, out, err } = await lockstep('merge', ...folders(), '--out', folder('refused'));
  expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
  expect(err.trimEnd()).toMatch(complaint);
});

/** The first shard, with another text in its journal. */
function copy(name: string, change: (journal: string) => string): string {
  const made = mkdtempSync(folder(name));
  writeFileSync(join(made, 'journal.jsonl'), change(readFileSync(join(folder('shard-1'), 'journal.jsonl'), 'utf8')));
  return made;
}

function seedEight(): string {
  return copy('eight-', (journal) => journal.replace('"seed":7', '"seed":8'));
}

/** Its last run never came. */
function unfinished(): string {
  return copy('unfinished-', (journal) => {
    const lines = journal.split('\n').filter((line) => !line.startsWith('{"line":"end"'));
    const [last = '{}'] = lines.filter((line) => line.startsWith('{"line":"runs"')).slice(-1);
    const shorter = JSON.parse(last);
    shorter.runs.hashes.pop();
    return lines.map((line) => (line === last ? JSON.stringify(shorter) : line)).join('\n');
  });
}

function broken(): string {
  return copy('broken-', (journal) => journal.replace('\n', '\n{,}\n'));
}

test.each<[string, readonly string[], RegExp]>([
  ['that is none', ['--shard', '5/4'], /--shard must be I\/N, such as 1\/4, not "5\/4"/],
  ['by minutes', ['--shard', '1/4', '--minutes', '1'], /--shard does not go with --minutes/],
  ['that ends early', ['--shard', '1/4', '--bail'], /--shard does not go with --bail/],
  ['of too few runs', ['--shard', '1/4', '--runs', '3'], /--shard: 3 runs cannot be dealt to 4 shards/],
  ['in the folder of another', ['--out', '.'], /--out: .* holds a campaign; lockstep resume .* goes on with it/],
])('a shard %s is bad usage', async (_, words, complaint) => {
  const rest = words[0] === '--out' ? ['--out', folder('shard-1')] : words;
  const { code, out, err } = await lockstep('simulate', ...faulty, ...rest);
  expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
  expect(err).toMatch(complaint);
});
