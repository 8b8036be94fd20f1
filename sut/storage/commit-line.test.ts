/** How calls share commits, and what becomes of them where one fails. */
import { expect, test } from 'vitest';
import { createCommitLine } from './commit-line.ts';

/** Commits that end when they are told to. */
function createGate() {
  const begun: { readonly works: readonly string[]; readonly end: (error?: Error) => void }[] = [];
  const commit = (works: readonly string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      begun.push({ works, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { begun, commit };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what comes while one is under way goes together into the next one, in order', async () => {
  const { begun, commit } = createGate();
  const line = createCommitLine(commit);
  const told: string[] = [];
  for (const work of ['a', 'b', 'c']) void line.add(work).then(() => told.push(work));
  expect(begun.map(({ works }) => works)).toEqual([['a']]);
  begun[0]?.end();
  await turn();
  expect(told).toEqual(['a']);
  expect(begun.map(({ works }) => works)).toEqual([['a'], ['b', 'c']]);
  begun[1]?.end();
  await line.idle();
  expect(told).toEqual(['a', 'b', 'c']);
});

test('what waits behind one that fails fails too; what comes later does not', async () => {
  const { begun, commit } = createGate();
  const line = createCommitLine(commit);
  const settled = Promise.allSettled(['a', 'b'].map((work) => line.add(work)));
  begun[0]?.end(new Error('full'));
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const later = line.add('c');
  begun[1]?.end();
  await later;
  expect(begun.map(({ works }) => works)).toEqual([['a'], ['c']]);
});
