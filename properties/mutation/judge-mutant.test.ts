/** Mutants of the real client and server, judged by runs of the real thing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { openPool } from '../../tools/worker-pool.ts';
import { bundleWorker } from '../faults/plant.ts';
import { productFiles } from '../reach/product-files.ts';
import { simulate } from '../simulate/simulate.ts';
import { usualOptions } from '../simulate/simulation.ts';
import { type Baseline, measureBaseline } from './baseline.ts';
import { instrument } from './instrument.ts';
import type { MutationAnswer, MutationJob } from './jobs.ts';
import { type Fate, judgeMutant, type Lanes, needsNewThread } from './judge-mutant.ts';
import { openLane } from './lane.ts';
import type { Mutant } from './mutant.ts';
import { bundleMutants } from './mutate.ts';

const seed = 7;
const runs = 12;

const codec = 'sut/protocol/codec.ts';
const table = 'sut/client/session-table.ts';
const firstFunction = 'export function encodeClientFrame(frame: ClientFrame): string {';

/** What nobody reads, and a loop, both in a function that every run calls; and a text that is checked while it is loaded. */
function textOf(file: string): string {
  const text = readFileSync(join(repositoryRoot(), file), 'utf8');
  if (file !== codec) return text;
  const lines = ['const unread = Number(frame.type.length + 1);', 'let turns = Number(unread > 0);', 'while (turns > 0) turns -= 1;'];
  return text.replace(firstFunction, `${firstFunction}\n${lines.join('\n')}`);
}

describe('a mutant', () => {
  let baseline: Baseline;
  let mutants: readonly Mutant[];
  let lanes: Lanes;

  beforeAll(async () => {
    const made = await instrument([codec, table], repositoryRoot(), textOf);
    mutants = made.mutants;
    const bundle = await bundleMutants(made.texts);
    const pool = openPool<MutationJob, MutationAnswer>({ bundle, workers: 1 });
    const measured = await measureBaseline(pool, seed, runs);
    await pool.terminate();
    if (measured?.end !== 'held') throw new Error('the product does not hold');
    baseline = measured.baseline;
    lanes = { warm: openLane(bundle, undefined), unloaded: openLane(bundle, undefined) };
    // Against a measurement that never ends, on however slow a machine.
  }, 300_000);
  afterAll(() => Promise.all([lanes.warm.close(), lanes.unloaded.close()]));

  const find = (is: (mutant: Mutant) => boolean): Mutant => {
    const found = mutants.find(is);
    if (found === undefined) throw new Error('there is no such mutant');
    return found;
  };
  const fateOf = (mutant: Mutant): Promise<Fate | null> => judgeMutant(mutant, baseline, lanes);

  test('that breaks the product is killed by a rule', async () => {
    const body = find(({ file, mutator, before }) => file === codec && mutator === 'BlockStatement' && before.includes('unread'));
    expect(needsNewThread(body, baseline)).toBe(false);
    expect(await fateOf(body)).toMatchObject({ fate: 'killed', by: 'rule' });
  });

  test('that is visited and changes nothing lives through all runs that visit it', async () => {
    const unread = find(({ mutator, before }) => mutator === 'ArithmeticOperator' && before === 'frame.type.length + 1');
    expect(await fateOf(unread)).toEqual({ fate: 'survived', tried: baseline.runsOf.get(unread.number)?.length, differing: 0 });
  });

  test('that loops is ended by the limit of its visits, and killed', async () => {
    const loop = find(({ mutator, before }) => mutator === 'AssignmentOperator' && before === 'turns -= 1');
    expect(await fateOf(loop)).toMatchObject({ fate: 'killed', by: 'loop' });
  });

  test('that changes what is made while the code is loaded is judged in a thread of its own', async () => {
    const state = find(({ file, before, number }) => file === table && before === "'CLOSED'" && baseline.atLoad.has(number));
    expect(needsNewThread(state, baseline)).toBe(true);
    expect(await fateOf(state)).toMatchObject({ fate: 'killed', by: 'rule' });
    // In a thread that was loaded without it nothing of it can be seen.
    const told: MutationAnswer[] = [];
    const job = { job: 'mutant', seed, visitsMost: 1_000_000, undecidedRunsBorne: 1, runs: [...baseline.hashes.keys()] } as const;
    await lanes.warm.perform({ ...job, mutant: 'none' }, () => {});
    await lanes.warm.perform({ ...job, mutant: state.number }, (answer) => told.push(answer));
    const outcomes = told.flatMap((answer) => (answer.answer === 'tried' ? [answer.outcome.outcome] : []));
    expect(outcomes).toEqual(baseline.hashes.map(() => 'held'));
  });

  test('that no run visits is said to be so', async () => {
    const some = find(({ file }) => file === codec);
    expect(await judgeMutant({ ...some, number: 'none' }, baseline, lanes)).toEqual({ fate: 'not visited' });
  });
});

test('with no mutant active the instrumented product does what the plain one does, byte for byte', async () => {
  const { texts } = await instrument(productFiles());
  const pool = openPool<MutationJob, MutationAnswer>({ bundle: await bundleMutants(texts), workers: 2 });
  const measured = await measureBaseline(pool, seed, runs);
  await pool.terminate();
  const plain = await simulate({ ...usualOptions, seed, runs }, { bundle: await bundleWorker() });
  expect(measured).toMatchObject({ end: 'held', baseline: { traceHash: plain.traceHash } });
});
