/** A worker that gives no result must tell why: a verdict without a reason sends whoever reads it on a search. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Fault } from '../faults/fault.ts';
import { bundleWorker } from '../faults/plant.ts';
import { exhaust } from './exhaust.ts';
import type { ExhaustJob } from './jobs.ts';

const folder = mkdtempSync(join(tmpdir(), 'exhaust-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const job: ExhaustJob = { scope: 'end-session', budgetRuns: 100, merge: true, stopAtFirstFailure: false, shrink: false };

async function whyNone(bundle: string, signal?: AbortSignal): Promise<string> {
  const [end] = await exhaust([job], { bundle, workers: 1, ...(signal === undefined ? {} : { signal }) });
  return end?.result === null ? end.why : 'a result';
}

function workerOf(name: string, body: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, `import { parentPort } from 'node:worker_threads';\n${body}\n`);
  return path;
}

describe('a worker that gives no result', () => {
  test.each([
    [
      'that throws',
      `parentPort.once('message', () => { throw new TypeError('a bug of its own'); });`,
      /^the worker died: a bug of its own/,
    ],
    ['that cannot be loaded', `import './not-there.mjs';`, /not-there/],
    ['that leaves a rejection', `parentPort.once('message', () => { void Promise.reject(new Error('unheard')); });`, /unheard/],
    ['that exits', `parentPort.once('message', () => process.exit(7));`, /exited with code 7/],
  ])('tells why: one %s', async (name, body, why) => {
    expect(await whyNone(workerOf(name.replaceAll(' ', '-'), body))).toMatch(why);
  });

  test('a promise that is never settled is a failure, and the end of the exploration', async () => {
    const stuck: Fault = {
      name: 'a server never ends',
      rule: 'W2',
      file: 'sut/server/server.ts',
      find: 'await appended;',
      replace: 'await new Promise(() => {});',
    };
    const bundle = await bundleWorker({ fault: stuck, entry: 'properties/exhaust/worker.ts' });
    const [end] = await exhaust([job], { bundle, workers: 1 });
    expect(end?.result).toMatchObject({ exhausted: false, runs: 1 });
    expect(end?.result?.failures.map(({ failure }) => failure.class)).toEqual(['E1 never settled: the close of the server']);
  });

  test('tells that it was interrupted', async () => {
    const interruption = new AbortController();
    const end = whyNone(workerOf('waits', `parentPort.on('message', () => {});`), interruption.signal);
    interruption.abort();
    expect(await end).toBe('interrupted');
  });
});
