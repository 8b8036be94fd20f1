/** The gate end to end: on workers that only pretend, and on our own client and server with a fault in the former state. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { readCorpus } from '../corpus/corpus.ts';
import { plantInFile, readFault, readTextFile } from '../faults/fault.ts';
import { bundleWorker } from '../faults/plant.ts';
import { failingSeed, holdingSeed } from '../simulate/fixtures/fake-workings.test-data.ts';
import { bundleFakes } from '../simulate/fixtures/simulate-fakes.test-data.ts';
import { systems } from '../systems/registry.ts';
import { type GateOptions, runGate } from './compare-releases.ts';
import { bundleSystem } from './former-system.ts';
import type { State } from './start.ts';
import { complaintAtStart } from './start.ts';

const root = repositoryRoot();
const folder = mkdtempSync(join(tmpdir(), 'lockstep-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const usual: GateOptions = { seed: failingSeed, runs: 20, workers: 1, scripts: [], listed: [] };

async function fakes(): Promise<State> {
  return { world: 'simulated', bundle: await bundleFakes() };
}

/** Fakes of which fewer runs fail. */
async function sounderFakes(): Promise<State> {
  const path = join(root, 'properties', 'simulate', 'fixtures', 'fake-workings.test-data.ts');
  const sounder: Plugin = {
    name: 'sounder',
    setup: (building) => {
      building.onLoad({ filter: /fake-workings[.]test-data[.]ts$/ }, () => {
        return { contents: readTextFile(path).replace('digit !== 7 && digit !== 4', 'digit !== 7'), loader: 'ts' };
      });
    },
  };
  return {
    world: 'simulated',
    bundle: await bundleWorker({ entry: 'properties/simulate/fixtures/fake-worker.test-data.ts', plugins: [sounder] }),
  };
}

async function labels(here: State, there: State | null, options = usual): Promise<readonly string[]> {
  const { verdict, findings } = await runGate(options, here, there);
  return [verdict, ...findings.map(({ name, label }) => `${name} ${label}`)];
}

describe('the gate', () => {
  test('tells what is new, what stands and what is fixed', async () => {
    const [more, fewer] = await Promise.all([fakes(), sounderFakes()]);
    expect(await labels(more, fewer)).toEqual(['blocked', 'S2 fake new', 'S1 fake standing']);
    expect(await labels(fewer, more)).toEqual(['blocked', 'S1 fake standing', 'S2 fake fixed']);
    expect(await labels(more, null)).toEqual(['blocked', 'S1 fake new', 'S2 fake new']);
    expect(await labels(more, fewer, { ...usual, seed: holdingSeed })).toEqual(['held']);
  });

  test('lets pass what is waived until its day, and blocks from then on', async () => {
    const state = await fakes();
    const waivers = (isExpired: boolean) =>
      ['S1 fake', 'S2 fake'].map((finding) => ({ finding, reason: 'known to us', until: '2026-12-31', isExpired }));
    expect(await labels(state, null, { ...usual, waivers: waivers(false) })).toEqual(['held', 'S1 fake waived', 'S2 fake waived']);
    expect(await labels(state, null, { ...usual, waivers: waivers(true) })).toEqual(['blocked', 'S1 fake new', 'S2 fake new']);
    expect(await labels(state, null, { ...usual, seed: holdingSeed, waivers: waivers(true) })).toEqual(['blocked']);
  });

  test('never holds where it was interrupted, and does not begin the other state', async () => {
    const interruption = new AbortController();
    interruption.abort();
    const state = await fakes();
    const gated = await runGate({ ...usual, seed: holdingSeed }, state, state, { signal: interruption.signal });
    expect(gated).toMatchObject({ verdict: 'undecided', here: { end: 'interrupted' }, there: null });
  });
});

/** A tree with our own client and server, of which one file was changed. */
function treeWith(name: string, file: string, contents: string | null): string {
  const tree = join(folder, name);
  const system = join(root, 'sut');
  const others = systems.map((known) => join(system, known.name));
  cpSync(system, join(tree, 'sut'), { recursive: true, filter: (path) => !others.includes(path) });
  if (contents === null) rmSync(join(tree, file));
  else writeFileSync(join(tree, file), contents);
  return tree;
}

describe('a former state of our own client and server', () => {
  test('is what is compared with', async () => {
    const fault = readFault(join(root, 'properties', 'faults', 'late-close-hits-new-session.json'));
    const former = await bundleSystem(root, treeWith('faulty', fault.file, plantInFile(fault, root)));
    expect(former.fits).toBe(true);
    if (!former.fits) return;
    const scripts = readCorpus().filter(({ name }) => name === 'planted/late-close-hits-new-session');
    const there: State = { world: 'simulated', bundle: former.bundle };
    const gated = await runGate({ ...usual, seed: 1, runs: 2, scripts }, { world: 'simulated', bundle: await bundleWorker() }, there);
    expect(gated.verdict).toBe('held');
    const fixed = gated.findings.find(({ name }) => name === scripts[0]?.class);
    expect(fixed).toMatchObject({ label: 'fixed', there: { scripts: 1 } });
  });

  test('may not fit: it does not bundle', async () => {
    const built = await bundleSystem(root, treeWith('without', 'sut/reference/adapter.ts', null));
    expect(built).toMatchObject({ fits: false, why: expect.stringMatching(/^it does not bundle: .*sut.reference.adapter\.ts/u) });
    expect(JSON.stringify(built)).not.toContain(folder);
  });

  test('may not fit: it does not start', async () => {
    const own = readTextFile(join(root, 'sut', 'reference', 'adapter.ts'));
    const built = await bundleSystem(root, treeWith('broken', 'sut/reference/adapter.ts', `${own}\nthrow new Error('too old');\n`));
    if (!built.fits) throw new Error(built.why);
    const complaint = await complaintAtStart({ world: 'simulated', bundle: built.bundle });
    expect(complaint).toBe('it does not start: the harness threw Error: too old');
  });
});
