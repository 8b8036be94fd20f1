import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { scriptOf } from './generator/generate.ts';
import { runScript } from './systems/run-script.ts';
import type { TraceEvent } from './trace.ts';
import { traceLine } from './trace-line.ts';

const line = (event: TraceEvent): string => traceLine(event).trimEnd();
const hashOf = (trace: readonly TraceEvent[]): string => createHash('sha256').update(trace.map(traceLine).join('')).digest('hex');

test('a line tells an event as it is written since the first version', () => {
  const at = { step: 2, atMs: 15 };
  const lines = [
    line({ ...at, event: 'action', action: { kind: 'serverHeardClose', client: 'c1', connection: 3 } }),
    line({ ...at, event: 'action', action: { kind: 'clientCrashed', client: 'c1' } }),
    line({ ...at, event: 'action', action: { kind: 'wallJumped', process: 'c2', byMs: -5 } }),
    line({
      ...at,
      event: 'action',
      action: {
        kind: 'quiescent',
        quiescence: { blocked: [], halfOpen: [], statuses: {}, tokens: {}, pendingWrites: {}, schemas: { c1: null }, server: null },
      },
    }),
    line({ ...at, event: 'step', taken: { do: 'connect', client: 'c1' } }),
    line({ ...at, event: 'skip', skipped: 'connect' }),
    line({ ...at, event: 'task', label: 'c1→server' }),
    line({ ...at, event: 'cut short', tasks: 2_000 }),
    line({ ...at, event: 'twin', difference: 'c1 away' }),
    line({ ...at, event: 'failed', class: 'S1 OPEN to OPEN' }),
  ];
  expect(lines).toEqual([
    '2 15 server serverHeardClose {"client":"c1","connection":3}',
    '2 15 c1 clientCrashed {"client":"c1"}',
    '2 15 c2 wallJumped {"process":"c2","byMs":-5}',
    '2 15 world quiescent {"blocked":[],"halfOpen":[],"statuses":{},"tokens":{},"server":null}',
    '2 15 world step c1 connects',
    '2 15 world skip connect',
    '2 15 world task c1→server',
    '2 15 world cut short after 2000 tasks',
    '2 15 world twin the same again, with c1 away',
    '2 15 world failed S1 OPEN to OPEN',
  ]);
});

test('what was kept of a run gives its hash when the run is over, and on another thread', async () => {
  for (let run = 0; run < 10; run += 1) {
    const { trace, traceHash } = await runScript(scriptOf(13, run), { world: 'simulated', keepTrace: true });
    expect(hashOf(trace)).toBe(traceHash);
    expect(hashOf(structuredClone(trace))).toBe(traceHash);
  }
});
