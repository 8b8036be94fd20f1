import { describe, expect, test } from 'vitest';
import { columnsOf } from './columns.ts';
import { gateText } from './release.ts';
import { blockedGate, expiredGate, heldGate, hiddenGate, interruptedGate, neverBegunGate, waivedGate } from './release-sample.test-data.ts';
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
      for (const report of [blockedGate, heldGate, interruptedGate, waivedGate, expiredGate, hiddenGate, neverBegunGate]) {
        const plain = gateText(report, plainStyle, columns);
        // A hash is not broken: it is copied.
        for (const line of plain.split('\n').filter((text) => !/[0-9a-f]{64}/u.test(text)))
          expect(columnsOf(line), line).toBeLessThanOrEqual(columns);
        expect(gateText(report, colours, columns).replaceAll(escapes, '')).toBe(plain);
      }
    }
  });

  test.each([
    ['interrupted', interruptedGate, 'COULD NOT DECIDE  nothing new so far, but interrupted before the end; 1 known'],
    ['hidden', hiddenGate, 'COULD NOT DECIDE  nothing new so far, but what hides behind something else is not decided; 1 hidden, 1 known'],
    ['never begun', neverBegunGate, 'COULD NOT DECIDE  no run of latest came to its first step, so nothing was seen of what it does'],
    ['waived', waivedGate, 'HELD  nothing new: 1 waived, compared with nothing'],
    ['expired', expiredGate, 'BLOCKED  1 waiver expired, compared with nothing'],
    ['alone', heldGate, 'HELD  420 fresh runs: every property held, compared with nothing'],
  ])('the first line says what was decided: %s', (_, report, line) => {
    expect(gateText(report, plainStyle, 200).split('\n')[0]).toBe(line);
  });

  test('tells waivers, with their reasons', () => {
    expect(gateText(waivedGate, plainStyle, 200)).toContain('Q2 wrong results: waived until 2026-12-31 (mended in 0.2)');
    expect(gateText(expiredGate, plainStyle, 200)).toContain('its waiver expired on 2026-11-01, and blocks, though it does not show');
  });
});
