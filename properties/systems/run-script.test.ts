/** The whole of it on real parts: pinned scripts hold, a run repeats byte for byte, and real sockets tell the very same trace. */
import { describe, expect, test } from 'vitest';
import { scriptOf } from '../generator/generate.ts';
import { Undecided } from '../interpreter/schedule.ts';
import type { Strategy } from '../interpreter/strategies.ts';
import { append } from '../language/labels.ts';
import { expectHeld, expectSameTrace } from '../testing/expect-held.test-tools.ts';
import { runScript } from './run-script.ts';

const seed = 2030;
const runs = Array.from({ length: 60 }, (_value, run) => run);

describe('pinned scripts', () => {
  test('hold, and run twice the same', async () => {
    for (const run of runs) {
      const script = scriptOf(seed, run);
      const source = `${seed}:${run}`;
      const first = await runScript(script, { world: 'simulated', keepTrace: false });
      const second = await runScript(script, { world: 'simulated', keepTrace: false });
      expectHeld(script, first, { source });
      expectSameTrace(script, first, second, { source });
    }
  });

  test('tell the same trace over real sockets', async () => {
    for (const run of runs.slice(0, 15)) {
      const script = scriptOf(seed, run);
      const source = `${seed}:${run}`;
      const simulated = await runScript(script, { world: 'simulated', keepTrace: false });
      const real = await runScript(script, { world: 'websocket', keepTrace: false });
      expectHeld(script, real, { world: 'websocket', source });
      expectSameTrace(script, simulated, real, { world: 'websocket', source });
    }
  });

  test('are not empty: most steps are executed', async () => {
    let executed = 0;
    let skipped = 0;
    for (const run of runs) {
      const result = await runScript(scriptOf(seed, run), { world: 'simulated', keepTrace: false });
      executed += result.commands;
      skipped += result.skipped;
    }
    expect(executed).toBeGreaterThan(runs.length * 10);
    expect(skipped * 5).toBeLessThan(executed);
  });
});

/** Gives up as soon as something is being appended. */
function untilAppend(found: () => void): Strategy {
  return {
    next: ({ tasks, script }) => {
      const [task] = tasks;
      if (tasks.some(({ label }) => label === append)) {
        found();
        throw new Undecided('something is being appended');
      }
      if (task !== undefined) return { move: 'task', label: task.label };
      return script ? { move: 'step' } : { move: 'end' };
    },
  };
}

describe('a run that ends while something is being appended', () => {
  test.each(['simulated', 'websocket'] as const)('does not wait for it: %s', async (world) => {
    let found = 0;
    for (const run of runs.slice(0, 10)) {
      await runScript(
        scriptOf(seed, run),
        { world, keepTrace: false },
        untilAppend(() => (found += 1)),
      );
    }
    expect(found).toBeGreaterThan(0);
  });
});
