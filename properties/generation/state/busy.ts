/**
 * What a client may be busy with while time passes, by what the script says alone. The rest of the forecast guesses when a
 * client is idle; a wrong guess must not let weeks of heartbeats pass, which no run can wait for.
 */
export interface Busy {
  /** A session of it may be connected, or trying. */
  readonly connects: boolean;
  /** How often its refresh handler may be asked; null: it has none. */
  readonly asksEachMs: number | null;
}

export const atRest: Busy = { connects: false, asksEachMs: null };

export function either(one: Busy, other: Busy): Busy {
  const periods = [one.asksEachMs, other.asksEachMs].filter((periodMs) => periodMs !== null);
  return { connects: one.connects || other.connects, asksEachMs: periods.length === 0 ? null : Math.min(...periods) };
}

/** At most so many tasks of the world while that much time passes. */
export function mostTasksOf({ connects, asksEachMs }: Busy, ms: number): number {
  const beats = connects ? 100 + (ms / 30_000) * 5 : 0;
  const calls = asksEachMs === null ? 0 : (ms / asksEachMs + 1) * 20;
  return beats + calls;
}
