/** Durations in readable words. */

const units = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
] as const;

/** `250 ms`, `1.5 s`, `60 s`, `2 min`, `30 d`: exact, in the largest unit of which it is a whole number (seconds below two minutes). */
export function sayDuration(ms: number): string {
  const unit = units.find((candidate) => ms % candidate.ms === 0 && ms >= candidate.ms && ms >= 120_000);
  if (unit !== undefined) return `${ms / unit.ms} ${unit.name}`;
  return ms % 100 === 0 && ms >= 100 ? `${ms / 1000} s` : `${ms} ms`;
}
