/** Where each key leads from a moment: pure, over the rows. */
import type { Row } from './rows.ts';

export type Move = 'up' | 'down' | 'first' | 'last' | 'earlierEnd' | 'laterEnd' | 'nextStep' | 'previousStep' | 'divergence';

/** The index to go to; null where there is nothing. */
export function moveFrom(rows: readonly Row[], current: number, move: Move, matches: (row: Row) => boolean): number | null {
  const after = rows.slice(current + 1);
  const before = rows.slice(0, Math.max(0, current));
  const others = (rows[current]?.ends ?? []).flatMap(({ other }) => (other === null ? [] : [other]));
  switch (move) {
    case 'down':
      return after.find(matches)?.index ?? null;
    case 'up':
      return before.findLast(matches)?.index ?? null;
    case 'first':
      return rows.find(matches)?.index ?? null;
    case 'last':
      return rows.findLast(matches)?.index ?? null;
    case 'earlierEnd':
      return others.find((other) => other < current) ?? null;
    case 'laterEnd':
      return others.find((other) => other > current) ?? null;
    case 'nextStep':
      return after.find((row) => row.step !== stepAt(rows, row.index - 1))?.index ?? null;
    case 'previousStep':
      return before.findLast((row) => row.step !== stepAt(rows, row.index - 1))?.index ?? null;
    case 'divergence':
      return rows.find(({ element }) => element.classList.contains('kind-failed'))?.index ?? null;
  }
}

function stepAt(rows: readonly Row[], index: number): number | undefined {
  return rows[index]?.step;
}
