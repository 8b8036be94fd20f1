/** Whatever is drawn, a system is given only the commands for which it has what they need. */
import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { drawnScriptOf } from '../relations/draw.ts';
import { commandsOf } from '../steps/index.ts';
import { fitFor } from './fit.ts';
import { systems } from './registry.ts';

const runs = 150;

describe('scripts fit their system', () => {
  test.each([...systems.map(({ name, capabilities }) => ({ name, capabilities }))])('$name', async ({ name, capabilities }) => {
    const { drawnBy, narrow } = await fitFor(name);
    const scripts = Array.from({ length: runs }, (_, run) => narrow(drawnScriptOf(7, run, undefined, undefined, drawnBy)));
    const kinds = new Set(scripts.flatMap(({ steps }) => steps.flatMap(commandsOf)).map((command) => command.do));
    const lacking = [...kinds].filter((kind) => !commands[kind].needs.every((need) => capabilities.includes(need)));
    expect(kinds.size).toBeGreaterThan(0);
    expect(lacking).toEqual([]);
  });
});
