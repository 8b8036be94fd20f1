/** Whatever is drawn, a system is given only commands, steps and settings for which it has what they need. */
import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { drawnScriptOf } from '../relations/draw.ts';
import { commandsOf, needsOfStep } from '../steps/index.ts';
import { fitFor } from './fit.ts';
import { systems } from './registry.ts';

const runs = 150;

describe('scripts fit their system', () => {
  test.each([...systems.map(({ name, capabilities }) => ({ name, capabilities }))])('$name', async ({ name, capabilities }) => {
    const { drawnBy, narrow } = await fitFor(name);
    const scripts = Array.from({ length: runs }, (_, run) => narrow(drawnScriptOf(7, run, { capabilities: drawnBy })));
    const kinds = new Set(scripts.flatMap(({ steps }) => steps.flatMap(commandsOf)).map((command) => command.do));
    const lacking = [...kinds].filter((kind) => !commands[kind].needs.every((need) => capabilities.includes(need)));
    expect(kinds.size).toBeGreaterThan(0);
    expect(lacking).toEqual([]);
    const steps = scripts.flatMap((script) => script.steps);
    const unfit = steps.filter((step) => !needsOfStep(step).every((need) => capabilities.includes(need)));
    expect([...new Set(unfit.map((step) => step.do))]).toEqual([]);
    const bounded = scripts.filter(
      ({ configuration }) => configuration.bounds !== undefined || configuration.clients.some(({ knowsBounds }) => knowsBounds),
    );
    expect(bounded.length > 0).toBe(capabilities.includes('bounds'));
  });
});
