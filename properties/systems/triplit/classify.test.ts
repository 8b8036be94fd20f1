import { describe, expect, test } from 'vitest';
import { defaultSetName, isInstalled } from '../../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import type { RunOptions } from '../../interpreter/run-options.ts';
import type { Script } from '../../scripts/script.ts';
import type { RunResult } from '../../trace.ts';
import { classifying } from '../classifying.ts';
import { nameOf } from '../registry.ts';
import { runScript } from '../run-script.ts';
import { readDeviations } from './deviations.ts';
import { triplit } from './plugin.ts';

const world = nameOf(triplit, defaultSetName);
const script: Script = {
  version: 1,
  profile: 'none',
  configuration: { clients: [], authentication: 'HS256', claimsPath: null, rows: {} },
  steps: [],
};
const result: RunResult = {
  outcome: { outcome: 'held' },
  steps: 1,
  commands: 0,
  skipped: 0,
  traceHash: 'x',
  trace: [{ step: 0, atMs: 0, event: 'task', label: 'nothing' }],
  coverage: {},
};

test('keeps the trace of the published packages where it is asked for, and asks for none of our own system', async () => {
  const asked: RunOptions[] = [];
  const run = classifying((_script, options) => {
    asked.push(options);
    return Promise.resolve({ ...result, trace: options.keepTrace ? result.trace : [] });
  });
  const traces = [
    (await run(script, { world: 'simulated', keepTrace: false })).trace,
    (await run(script, { world, keepTrace: false })).trace,
    (await run(script, { world, keepTrace: true })).trace,
  ];
  expect(asked.map(({ keepTrace }) => keepTrace)).toEqual([false, true, true]);
  expect(traces.map(({ length }) => length)).toEqual([0, 0, 1]);
});

describe.skipIf(!isInstalled(repositoryRoot(), defaultSetName))('on the installed packages', () => {
  test('a known failure ends with its name, and the run is the same', async () => {
    const known = readDeviations(repositoryRoot()).find(({ name }) => name === 'disconnect-while-connecting-opens')?.script;
    if (known === undefined || known === null) throw new Error('the deviation has no script');
    const plain = await runScript(known, { world, keepTrace: false });
    const told = await classifying(runScript)(known, { world, keepTrace: false });
    if (told.outcome.outcome !== 'failed' || plain.outcome.outcome !== 'failed') throw new Error('it held');
    const { failure } = told.outcome;
    expect(failure.class).toBe(`${plain.outcome.failure.class} [disconnect-while-connecting-opens]`);
    expect(failure.known).toBe('disconnect-while-connecting-opens');
    expect(failure.class).toBe(`${plain.outcome.failure.class} [${failure.known}]`);
    expect(told.traceHash).toBe(plain.traceHash);
  });
});
