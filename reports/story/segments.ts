/** A trace cut at the steps of the script: each stretch begins with a step, or with the healing of the world, and holds what followed from it. */
import { sayStep } from '../../properties/scripts/words.ts';
import type { Told } from './told.ts';

export interface Segment {
  /** Place of its first event. */
  readonly from: number;
  /** Place after its last event. */
  readonly to: number;
  readonly step: number;
  /** The step in words; null while the world heals. */
  readonly words: string | null;
  readonly twin: number;
}

export function segmentsOf(told: readonly Told[], stepCount: number): readonly Segment[] {
  const starts = told.flatMap(({ event, twin }, index): Omit<Segment, 'to'>[] => {
    if (event.event === 'step') return [{ from: index, step: event.step, words: sayStep(event.taken), twin }];
    const before = told[index - 1];
    const beginsHealing = event.step >= stepCount && before !== undefined && before.event.step !== event.step && before.twin === twin;
    return beginsHealing ? [{ from: index, step: event.step, words: null, twin }] : [];
  });
  return starts
    .map((start, index): Segment => ({ ...start, to: starts[index + 1]?.from ?? told.length }))
    .filter(({ from }) => told[from + 1]?.event.event !== 'skip');
}
