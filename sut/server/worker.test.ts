/** The worker's promise: in order, one at a time, to completion, and no further once stopped. */
import { describe, expect, test } from 'vitest';
import { createWorker } from './worker.ts';

const macrotask = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the worker', () => {
  test('takes what can be done at once at once, and waits for what cannot', async () => {
    const done: string[] = [];
    let finish: (() => void) | undefined;
    const worker = createWorker<string>(
      (item) => {
        if (item === 'slow') return new Promise<void>((resolve) => (finish = resolve)).then(() => void done.push(item));
        done.push(item);
        return undefined;
      },
      () => {},
    );
    for (const item of ['a', 'slow', 'b', 'c']) worker.push(item);
    expect(done).toEqual(['a']);
    finish?.();
    await macrotask();
    expect(done).toEqual(['a', 'slow', 'b', 'c']);
  });

  test('takes one though it is paused, where none is in hand', () => {
    const done: string[] = [];
    const worker = createWorker<string>(
      (item) => (item === 'slow' ? new Promise<void>(() => {}) : void done.push(item)),
      () => {},
    );
    worker.pause();
    for (const item of ['a', 'b', 'slow', 'c']) worker.push(item);
    worker.takeOne();
    expect(done).toEqual(['a']);
    for (let count = 0; count < 4; count += 1) worker.takeOne();
    expect(done).toEqual(['a', 'b']);
  });

  test('goes on after an error, thrown or rejected', async () => {
    const done: string[] = [];
    const errors: unknown[] = [];
    const worker = createWorker<string>(
      (item) => {
        if (item === 'throw') throw new Error(item);
        if (item === 'reject') return Promise.reject(new Error(item));
        done.push(item);
        return undefined;
      },
      (error) => errors.push(String(error)),
    );
    for (const item of ['throw', 'a', 'reject', 'b']) worker.push(item);
    await macrotask();
    expect(done).toEqual(['a', 'b']);
    expect(errors).toEqual(['Error: throw', 'Error: reject']);
  });

  test('an item pushed from inside another waits its turn', () => {
    const done: string[] = [];
    const worker = createWorker<string>(
      (item) => {
        if (item === 'a') worker.push('c');
        done.push(item);
      },
      () => {},
    );
    worker.push('a');
    worker.push('b');
    expect(done).toEqual(['a', 'c', 'b']);
  });

  test('drops what waits when it is stopped', async () => {
    const done: string[] = [];
    const worker = createWorker<string>(
      async (item) => {
        done.push(item);
        worker.stop();
      },
      () => {},
    );
    for (const item of ['a', 'b']) worker.push(item);
    await macrotask();
    worker.push('c');
    expect(done).toEqual(['a']);
  });
});
