import { describe, expect, test } from 'vitest';
import { scriptOf } from '../generator/generate.ts';
import { allCapabilities, type Capability } from '../language/capabilities.ts';
import { commandsOf, needsOfStep } from '../steps/index.ts';
import { narrowedTo } from './narrow.ts';
import { formatScript, parseScript } from './parse.ts';
import type { Script } from './script.ts';

const runs = Array.from({ length: 80 }, (_, run) => scriptOf(11, run));
const without = (...lacked: readonly Capability[]): readonly Capability[] => allCapabilities.filter((name) => !lacked.includes(name));

/** Everything that a script asks of a system by its steps. */
function needsOf({ steps }: Script): ReadonlySet<Capability> {
  return new Set(steps.flatMap((step) => [step, ...commandsOf(step)].flatMap((one) => [...needsOfStep(one)])));
}

describe('a narrowed script', () => {
  test('of a system that has everything is the very same', () => {
    for (const script of runs) expect(narrowedTo(allCapabilities, script)).toBe(script);
  });

  test.each(allCapabilities)('needs no %s where the system has none', (lacked) => {
    for (const script of runs) {
      const narrowed = narrowedTo(without(lacked), script);
      expect(needsOf(narrowed).has(lacked)).toBe(false);
      expect(narrowedTo(without(lacked), narrowed)).toEqual(narrowed);
      expect(parseScript(formatScript(narrowed))).toEqual(parseScript(formatScript(narrowed)));
    }
  });

  test('of sessions alone has no data, no schema, no other key and no handler', () => {
    for (const script of runs) {
      const { configuration, steps } = narrowedTo(['sessions'], script);
      expect(configuration).toMatchObject({ authentication: 'HS256', claimsPath: null, rows: {} });
      expect(configuration).not.toHaveProperty('schema');
      expect(configuration.clients.every(({ knowsRoles }) => !knowsRoles)).toBe(true);
      const starts = steps.flatMap(commandsOf).filter((command) => command.do === 'startSession');
      expect(starts.every(({ refresh }) => refresh === null)).toBe(true);
    }
  });

  test('drawn for a system says nothing else, and is as long as any', () => {
    const drawnFor = (capabilities: readonly Capability[]): readonly Script[] =>
      Array.from({ length: 400 }, (_, run) => scriptOf(11, run, undefined, capabilities));
    const drawn = drawnFor(['sessions']);
    for (const script of drawn) expect(narrowedTo(['sessions'], script)).toEqual(script);
    const steps = (scripts: readonly Script[]): number => scripts.reduce((sum, script) => sum + script.steps.length, 0);
    expect(steps(drawn)).toBeGreaterThan(0.9 * steps(drawnFor(allCapabilities)));
  });
});
