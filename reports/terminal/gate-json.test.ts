/** The JSON of a gate fits its schema, whatever the verdict; and the schema refuses what it does not name. */
import { describe, expect, test } from 'vitest';
import { gateJson } from '../../properties/gate/report.ts';
import { misfits } from '../../properties/gate/schema.test-tools.ts';
import { blockedGate, expiredGate, heldGate, hiddenGate, interruptedGate, neverBegunGate, waivedGate } from './release-sample.test-data.ts';

describe('the JSON of a gate', () => {
  test.each(Object.entries({ blockedGate, expiredGate, heldGate, hiddenGate, interruptedGate, neverBegunGate, waivedGate }))(
    '%s fits the schema',
    (_, report) => expect(misfits(gateJson(report))).toEqual([]),
  );

  test('a field that the schema does not name, or one that is missing, does not fit', () => {
    expect(misfits({ ...gateJson(heldGate), more: 1 })).not.toEqual([]);
    const { evidence: _, ...less } = gateJson(heldGate);
    expect(misfits(less)).not.toEqual([]);
  });
});
