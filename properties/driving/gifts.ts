/**
 * What the system under test is given: copies, so that nothing it does to them reaches the model, the script or the next
 * run. A schema or roles that it changed all the same are a finding: they are its user's (C1).
 */
import type { Finding } from '../finding.ts';

export interface Gifts {
  /** A copy of a query, row or change. */
  readonly copy: <Value>(value: Value) => Value;
  /** A copy of a schema or of roles, remembered. */
  readonly lend: <Value>(value: Value) => Value;
  /** What became of those that were lent. */
  readonly judge: () => Finding | null;
}

export function createGifts(): Gifts {
  const lent: { readonly text: string; readonly copy: unknown }[] = [];
  return {
    copy: (value) => structuredClone(value),
    lend: (value) => {
      const copy = structuredClone(value);
      lent.push({ text: JSON.stringify(value), copy });
      return copy;
    },
    judge: () => {
      const changed = lent.find(({ text, copy }) => JSON.stringify(copy) !== text);
      if (changed === undefined) return null;
      return {
        rule: 'C1',
        shape: 'what was given changed',
        message: 'the system changed a schema or roles that its user had given it',
        allowed: [changed.text],
        shown: JSON.stringify(changed.copy),
      };
    },
  };
}
