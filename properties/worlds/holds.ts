/** Which openings, completions and timers are held. A hold may concern the future: whatever comes by that label waits. */
export interface Holds {
  isHeld(label: string): boolean;
  /** False for a label that is held already or that nothing of this run can ever have. */
  hold(label: string): boolean;
  release(label: string): boolean;
  all(): readonly string[];
}

export function createHolds(holdable: ReadonlySet<string>): Holds {
  const held = new Set<string>();
  return {
    isHeld: (label) => held.size > 0 && held.has(label),
    hold: (label) => {
      if (!holdable.has(label) || held.has(label)) return false;
      held.add(label);
      return true;
    },
    release: (label) => held.delete(label),
    all: () => [...held],
  };
}
