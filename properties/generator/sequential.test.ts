/** The smoke profile, as scripts: one client, and nothing at once. */
import { expect, test } from 'vitest';
import { scriptOf } from './generate.ts';

const scripts = Array.from({ length: 200 }, (_, run) => scriptOf(5, run, 'sequential'));
const commands = ['startSession', 'updateSessionToken', 'endSession', 'connect', 'disconnect', 'subscribe', 'unsubscribe'];
const reads = ['fetch'];
const writes = ['insert', 'update', 'delete', 'transact', 'clear'];

test('sequential scripts have one client, the fair schedule, and no step that interleaves or fails', () => {
  const kinds = new Set(scripts.flatMap(({ steps }) => steps.map((step) => step.do)));
  expect([...kinds].sort()).toEqual([...commands, ...reads, ...writes, 'advance', 'pushSchema'].sort());
  for (const { configuration, steps } of scripts) {
    expect(configuration.clients).toHaveLength(1);
    expect(configuration.schedule).toBeUndefined();
    expect(steps.length).toBeGreaterThanOrEqual(5);
  }
});

test('they are drawn alike each time', () => expect(scriptOf(5, 7, 'sequential')).toEqual(scripts[7]));
