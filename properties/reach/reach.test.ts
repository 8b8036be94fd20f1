import { describe, expect, test } from 'vitest';
import { bundleWorker } from '../faults/plant.ts';
import { simulate } from '../simulate/simulate.ts';
import { usualOptions } from '../simulate/simulation.ts';
import { countedProduct, measureReach } from './measure.ts';
import { exemptionOf, productFiles } from './product-files.ts';
import { isCalled } from './public-functions.ts';
import { filesOf } from './report.ts';

const product = countedProduct();

describe('what is counted', () => {
  test('is the product, without tests and what stands beside it', () => {
    const files = productFiles();
    expect(files).toContain('sut/client/session.ts');
    expect(files).toContain('sut/client/schema/plain.ts');
    expect(files.filter((file) => exemptionOf(file) !== undefined)).toEqual([]);
  });

  test.each([
    ['sut/client/session.test.ts', 'tests'],
    ['sut/client/test-world.ts', 'tests'],
    ['sut/testing/server-environment.ts', 'tests'],
    ['sut/triplit/client.ts', 'sut/triplit'],
    ['sut/react/index.ts', 'sut/react'],
    ['sut/runtime/ws-listener.ts', 'sut/runtime'],
    ['sut/reference/adapter.ts', 'sut/port, sut/reference'],
  ])('is not %s', (file, where) => expect(exemptionOf(file)?.where).toBe(where));

  test('of what users may call is known to the counters', async () => {
    const { nothing, callable: known } = await product;
    const counted = known.filter((each) => isCalled(each, nothing) !== undefined);
    expect(counted.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['SyncClient.insert', 'Schema.String', 'createServer.start', 'and']),
    );
    // What only types are exported of cannot be called, nor can what is private.
    expect(known.map(({ name }) => name)).not.toContain('Collections');
    expect(known.filter(({ name }) => name.includes('#'))).toEqual([]);
    for (const each of counted) expect(isCalled(each, nothing), each.name).toBe(false);
  });
});

describe('what is not reached', () => {
  test('is told in ranges, by arm and by name', () => {
    const place = (line: number, column: number) => ({ start: { line, column }, end: { line, column: column + 1 } });
    const data = {
      path: 'a.ts',
      statementMap: { 0: place(1, 0), 1: place(2, 0), 2: place(3, 0), 3: place(5, 0) },
      s: { 0: 1, 1: 0, 2: 0, 3: 0 },
      fnMap: {
        0: { name: 'named', decl: place(2, 9), loc: place(2, 9), line: 2 },
        1: { name: '(anonymous_1)', decl: place(3, 9), loc: place(3, 9), line: 3 },
      },
      f: { 0: 0, 1: 0 },
      branchMap: {
        0: { type: 'if', line: 1, loc: place(1, 2), locations: [place(1, 2), place(1, 2)] },
        1: { type: 'binary-expr', line: 1, loc: place(1, 4), locations: [place(1, 4), place(1, 8)] },
        2: { type: 'if', line: 5, loc: place(5, 2), locations: [place(5, 2), place(5, 2)] },
      },
      b: { 0: [3, 0], 1: [3, 0], 2: [0, 0] },
    };
    const [reach] = filesOf({ 'a.ts': data }, () => 'one\ntwo\n  three\nfour\nfive');
    expect(reach).toEqual({
      file: 'a.ts',
      lines: { reached: 1, all: 4 },
      branches: { reached: 2, all: 6 },
      functions: { reached: 0, all: 2 },
      linesNot: [
        [2, 3],
        [5, 5],
      ],
      // Where a branch itself is never reached, its line says so.
      armsNot: [
        { line: 1, column: 3, says: 'never false' },
        { line: 1, column: 9, says: 'never comes so far' },
      ],
      functionsNot: [
        { line: 2, says: 'named' },
        { line: 3, says: 'three' },
      ],
    });
  });
});

test('the same runs reach the same, on one worker and on two, and tell the trace of the plain product', async () => {
  const how = { seed: 5, runs: 10 } as const;
  const { seconds: _, ...one } = await measureReach({ ...how, workers: 1, runsAThread: 5 }, {}, await product);
  const { seconds: __, ...two } = await measureReach({ ...how, workers: 2, runsAThread: 5 }, {}, await product);
  expect(two).toEqual(one);
  expect(one.broken).toEqual([]);
  const plain = await simulate({ ...usualOptions, ...how }, { bundle: await bundleWorker() });
  expect(one.traceHash).toBe(plain.traceHash);
  expect(one.publicNot.map(({ name }) => name)).not.toContain('SyncClient.startSession');
  expect(one.total.lines.reached).toBeGreaterThan(one.total.lines.all / 2);
});
