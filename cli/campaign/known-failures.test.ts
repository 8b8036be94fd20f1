import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { fakeWorkings } from '../../properties/simulate/fixtures/fake-workings.test-data.ts';
import type { Sighting } from '../../properties/simulate/recording.ts';
import { readScriptFile } from '../read-script.ts';
import { type FoundWith, openKnownFailures } from './known-failures.ts';
import { openTroubles } from './troubles.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lockstep-known-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'failures-'));
});

const by = { lockstep: '0.1.0', commit: 'abc', node: 'v20' };
const foundWith: FoundWith = { seed: 7, system: 'simulated', versions: {}, fault: { name: 'a bug', path: 'bug.json' }, by };
const script = fakeWorkings.scriptOf({ seed: 1, run: 12 });

function sighting(stage: Sighting['stage'], steps: number, name = 'S2 late'): Sighting {
  const failure = { class: name, rule: 'S2', property: 'lockstep', message: 'c1 was late', allowed: [], shown: '', step: 0 };
  return { failure, script: { ...script, steps: script.steps.slice(0, steps) }, run: 12, shrunkFrom: 8, stage };
}

function told(path: string | null): object {
  const { found, script: written } = readScriptFile(path ?? '');
  return { stage: found?.stage, steps: written.steps.length };
}

describe('the file of a failure', () => {
  test('says what it was found with', () => {
    const path = openKnownFailures(folder, foundWith, openTroubles()).see(sighting('found', 8))?.path ?? '';
    expect(path).toBe(join(folder, 's2-late.json'));
    expect(readScriptFile(path).found).toMatchObject({ ...foundWith, class: 'S2 late', rule: 'S2', run: 12, shrunkFrom: 8 });
    expect(readdirSync(folder)).toEqual(['s2-late.json']);
  });

  test('is written over by what is better alone, also after another process', () => {
    const known = openKnownFailures(folder, foundWith, openTroubles());
    const path = known.see(sighting('found', 8))?.path ?? null;
    known.see(sighting('smaller', 4));
    expect(known.see(sighting('smaller', 5))).toBeNull();
    expect(known.see(sighting('found', 2))).toBeNull();
    expect(told(path)).toEqual({ stage: 'smaller', steps: 4 });
    known.see(sighting('shrunk', 3));
    const next = openKnownFailures(folder, foundWith, openTroubles());
    expect(next.see(sighting('smaller', 1))).toBeNull();
    expect(told(path)).toEqual({ stage: 'shrunk', steps: 3 });
    // What is shrunk in the end stands, be it longer.
    next.see(sighting('shrunk', 5));
    expect(told(path)).toEqual({ stage: 'shrunk', steps: 5 });
  });

  test('has a name of its own where two classes read alike', () => {
    const known = openKnownFailures(folder, foundWith, openTroubles());
    expect(known.see(sighting('found', 8, 'S2 late!'))?.path).toBe(join(folder, 's2-late.json'));
    expect(known.see(sighting('found', 8, 'S2: late'))?.path).toBe(join(folder, 's2-late-2.json'));
    expect(known.see(sighting('shrunk', 1, 'S2 late!'))?.path).toBe(join(folder, 's2-late.json'));
  });

  test('is missed where it cannot be written: the failure is known all the same', () => {
    const file = join(folder, 'no-folder');
    writeFileSync(file, '');
    const troubles = openTroubles();
    const known = openKnownFailures(file, foundWith, troubles);
    expect(known.see(sighting('found', 8))).toMatchObject({ path: null });
    known.see(sighting('shrunk', 1));
    expect(known.all()).toMatchObject([{ class: 'S2 late', steps: 1, stage: 'shrunk' }]);
    expect(troubles.told()).toEqual([expect.stringMatching(/s2-late\.json could not be written/u)]);
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});

test('what is shrunk comes first, then what needs fewest steps', () => {
  const known = openKnownFailures(null, foundWith, openTroubles());
  known.see(sighting('found', 2, 'S1 a'));
  known.see(sighting('shrunk', 6, 'S1 b'));
  known.see(sighting('smaller', 3, 'S1 c'));
  known.see(sighting('shrunk', 4, 'S1 d'));
  expect(known.all().map(({ class: name }) => name)).toEqual(['S1 d', 'S1 b', 'S1 c', 'S1 a']);
});
