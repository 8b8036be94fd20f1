import { describe, expect, test } from 'vitest';
import { columnsOf } from './columns.ts';
import { gateText } from './release.ts';
import { blockedGate, heldGate, interruptedGate } from './release-sample.test-data.ts';
import { plainStyle, styleOf } from './style.ts';

describe('the gate in the terminal', () => {
  test.each([40, 120])('in %i columns', async (columns) => {
    await expect(gateText(blockedGate, plainStyle, columns)).toMatchFileSnapshot(`snapshots/gate-blocked-${columns}.txt`);
    await expect(gateText(heldGate, plainStyle, columns)).toMatchFileSnapshot(`snapshots/gate-held-${columns}.txt`);
  });

  test('fits into any width from 40 columns on, with colours or without', () => {
    const colours = styleOf({}, { FORCE_COLOR: '1' });
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'gu');
    for (let columns = 40; columns <= 120; columns += 5) {
      for (const report of [blockedGate, heldGate, interruptedGate]) {
        const plain = gateText(report, plainStyle, columns);
        for (const line of plain.split('\n')) expect(columnsOf(line), line).toBeLessThanOrEqual(columns);
        expect(gateText(report, colours, columns).replaceAll(escapes, '')).toBe(plain);
      }
    }
  });

  test('never says held of what was broken off', () => {
    const text = gateText(interruptedGate, plainStyle, 120);
    expect(text.split('\n')[0]).toBe('COULD NOT DECIDE  nothing new so far, but interrupted before the end; 1 known');
  });
});
