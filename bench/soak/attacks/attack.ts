/** What an attack is, and what it is given. Each ends by itself; what the server makes of it is measured outside. */
import { enter, type RawConnection } from '../attacker.ts';
import type { Figures } from '../figures.ts';
import type { Keys } from '../keys.ts';
import type { SetupName } from '../setups.ts';
import type { Victim } from '../victim.ts';

export interface Field {
  readonly port: number;
  readonly keys: Keys;
  readonly victim: Victim;
  readonly look: () => Promise<Figures>;
  /** How long attacks last that have no end of their own. */
  readonly lastingMs: number;
  /** How many mutated frames go over sockets, and from which seed they are drawn. */
  readonly frames: number;
  readonly seed: number;
  readonly onProgress: (text: string) => void;
}

export interface Ended {
  /** In a few words, how it went. */
  readonly how: string;
  /** What the server did that it must not do, beyond what is held against every attack. */
  readonly complaints?: readonly string[] | undefined;
}

export interface Attack {
  readonly name: string;
  readonly setup?: SetupName;
  /** Rows that are there before, by the honest client. */
  readonly rows?: number;
  /** The honest client follows what the attacker writes. */
  readonly isFollowed?: boolean;
  /** How much more the server may hold while the attacker is still there, in megabytes. */
  readonly heldMegabytesMost?: number;
  /** What is owed to a reader that fell behind is told in one breath, and no bound covers all of it together (B6; a listed gap): how many bytes that comes to. */
  readonly owedMegabytes?: number;
  /** What the server is to have seen before it is measured: what it keeps of that is not the attack's. */
  readonly warmUp?: (field: Field) => Promise<unknown>;
  readonly run: (field: Field) => Promise<Ended>;
}

export const letters = (count: number, letter = 'a'): string => letter.repeat(count);
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function intruder({ port, keys }: Field, secret?: string): Promise<RawConnection> {
  return enter(port, await keys.token('mallory'), secret);
}

/** How often what came, the most frequent first. */
export function sayCounts(ends: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([end, count]) => `${count.toLocaleString('en')} ${end}`)
    .join(', ');
}

/** A list of complaints with that one in it, where it holds. */
export function unless(isFine: boolean, complaint: string): readonly string[] {
  return isFine ? [] : [complaint];
}
