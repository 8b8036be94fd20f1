/** What the program and its workers say to each other: plain data, a scope by its name. */
import type { Script } from '../scripts/script.ts';
import type { Exploration, ExploreOptions, FoundSchedule } from './explore.ts';

export interface ExhaustJob extends Omit<ExploreOptions, 'onRun'> {
  readonly scope: string;
  readonly shrink: boolean;
}

export interface ShrunkSchedule extends FoundSchedule {
  /** Steps of the script as it was found. */
  readonly shrunkFrom: number;
  readonly found: Script;
  readonly attempts: number;
  readonly oneMinimal: boolean;
}

export interface Exhausted extends Omit<Exploration, 'failures'> {
  readonly scope: string;
  readonly failures: readonly ShrunkSchedule[];
  readonly seconds: number;
}

export type ExhaustAnswer =
  | { readonly answer: 'progress'; readonly runs: number; readonly states: number }
  | { readonly answer: 'exhausted'; readonly result: Exhausted };
