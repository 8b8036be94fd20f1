/**
 * What a reproduction said, against what is recorded of the deviation it reproduces. Nothing is recorded of versions in
 * which nobody looked: there the runner tells what it saw, and demands nothing.
 */
import type { Deviation } from './deviations.ts';
import { isMendedIn } from './versions.ts';

/** The installed version of each package. */
export type Installed = Readonly<Record<string, string>>;
export type Saying = 'DEVIATES' | 'as promised';

export type Reproduced =
  | { readonly outcome: 'said'; readonly saying: Saying /** What it printed before its verdict. */; readonly seen: string }
  | { readonly outcome: 'failed to run'; readonly why: string };

export interface JudgedReproduction {
  readonly name: string;
  readonly rule: string;
  readonly over: string;
  readonly reproduced: Reproduced;
  /** null: nothing is recorded of these versions. */
  readonly recorded: Saying | null;
}

/** It was seen in exactly the versions that it names, and is not to be seen from those on in which it was mended. */
export function recordedOf({ versions, fixedIn }: Pick<Deviation, 'versions' | 'fixedIn'>, installed: Installed): Saying | null {
  const isSeenHere = Object.entries(versions).every(([packageName, version]) => installed[packageName] === version);
  if (isSeenHere) return 'DEVIATES';
  return isMendedIn(installed, fixedIn) ? 'as promised' : null;
}

/** The verdict is the last line; what a program prints after an error of its own is none. */
export function readSaying(stdout: string, stderr: string, exit: string): Reproduced {
  const lines = stdout.split('\n').filter((line) => line.trim() !== '');
  const last = lines.at(-1)?.trim();
  if (last === 'DEVIATES' || last === 'as promised') return { outcome: 'said', saying: last, seen: lines.slice(0, -1).join(' ').trim() };
  return { outcome: 'failed to run', why: firstComplaint(stderr) ?? `it ${exit} without a verdict` };
}

function firstComplaint(stderr: string): string | undefined {
  const lines = stderr.split('\n').map((line) => line.trim());
  return lines.find((line) => /^(?:\w+)?Error\b|^Error:/u.test(line)) ?? lines.find((line) => line !== '');
}

export function isAsRecorded({ reproduced, recorded }: JudgedReproduction): boolean {
  return recorded === null || reproduced.outcome !== 'said' || reproduced.saying === recorded;
}

/** Where nothing is recorded nothing is missed: older packages may lack what a program calls. */
export function isMissing({ reproduced, recorded }: JudgedReproduction): boolean {
  return recorded !== null && reproduced.outcome === 'failed to run';
}

/** 0: all as recorded, 1: one differs, 3: one gave no verdict. */
export function exitCodeOf(judged: readonly JudgedReproduction[]): 0 | 1 | 3 {
  if (!judged.every(isAsRecorded)) return 1;
  return judged.some(isMissing) ? 3 : 0;
}
