/**
 * The profile of a run: which kinds of steps it is made of, and how often each comes. Swarm testing: runs that do
 * everything all the time reach less than runs that leave something out.
 */
import type { TokenTaste } from './tokens.ts';

/** What a run does beside the core; most runs leave most of them out. */
export const families = [
  'permissions',
  'pushes',
  'storage',
  'crashes',
  'clear',
  'nonsense',
  'limits',
  'transactions',
  'names',
  'unfit',
  'copies',
  'logs',
  'bounds',
  'sleep',
  'attacks',
] as const;
export type Family = (typeof families)[number];

/** In a run with attacks this client makes them. */
export const attacker = 'c1';

export interface Profile {
  /** Tells the theme, what is there beside the core, and what was left out. */
  readonly name: string;
  /** By kind of step, and `recipe`; 0: left out. */
  readonly weights: Readonly<Record<string, number>>;
  readonly families: readonly Family[];
  /** Whether the server begins with a schema. */
  readonly schema: boolean;
  readonly clients: number;
  readonly steps: number;
  readonly tokens: TokenTaste;
  /** Percentage of queries that respell or nearly repeat an earlier one. */
  readonly alike: number;
  /** Percentage of rows and queries that are about the second collection. */
  readonly notes: number;
}

export function weightOf({ weights }: Profile, kind: string): number {
  return weights[kind] ?? 0;
}

/** How a kind of step takes part in profiles. */
export interface SwarmRole {
  /** Its weight before a theme and chance change it. */
  readonly weight: number;
  /** What a run must be about for it; null: it is of the core of steps. */
  readonly family: Family | null;
  /** Never left out: without these a run is empty. */
  readonly isIndispensable: boolean;
  /** Whether it has a place where one client does one thing after the other, and nothing fails. */
  readonly isSequential: boolean;
}
