/** An observer that throws, or rejects, stops nothing (B1). */
import { expect, test } from 'vitest';
import { silentLogger } from '../runtime/loggers.ts';
import { insertion, startTestServer, subscribeFrame, writeFrame } from '../testing/server-environment.ts';
import type { ServerObserver } from './observer.ts';

function failing(how: () => void | Promise<void>): ServerObserver {
  return {
    onAppendBegin: how,
    onCommit: how,
    onReject: how,
    onSchemaAppendBegin: how,
    onSchemaRefused: how,
    onSchemaCommit: how,
    onRecoveryBegin: how,
    onRecovered: how,
    onEvaluate: how,
    onEncode: how,
    onLook: how,
    onCommitSpent: how,
    onAnswerSpent: how,
    onKeysFetched: how,
  };
}

test.each<[string, () => void | Promise<void>]>([
  [
    'throws',
    () => {
      throw new Error('the observer fails');
    },
  ],
  ['rejects', () => Promise.reject(new Error('the observer fails'))],
])('an observer that %s is logged with its stack, and the write is acknowledged', async (_how, how) => {
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => errors.push(message) };
  const world = await startTestServer({ observer: failing(how), logger });
  const client = await world.connect('c1');
  await client.send(writeFrame(1, insertion('milk')));
  expect(client.received).toContainEqual(expect.objectContaining({ type: 'acknowledged' }));
  expect(errors.length).toBeGreaterThan(1);
  for (const message of errors) expect(message).toMatch(/the observer fails\n\s+at /u);
});

test('a logger that throws stops nothing either, where a member of a group cannot be written to (H4)', async () => {
  const fail = (): never => {
    throw new Error('the logger fails');
  };
  const world = await startTestServer({ logger: { debug: fail, info: fail, warn: fail, error: fail } });
  const [broken, other, writer] = [await world.connect('c1'), await world.connect('c2'), await world.connect('c3')];
  for (const follower of [broken, other]) await follower.send(subscribeFrame('q'));
  broken.breakDown();
  await writer.send(writeFrame(1, insertion('milk')));
  expect(other.fresh().map(({ type }) => type)).toEqual(['answer', 'update']);
  expect(writer.fresh().map(({ type }) => type)).toEqual(['acknowledged', 'progress']);
  expect(broken.closed()).toBe('terminated');
});
