/**
 * The failures that are known so far, each class by the best script of it, and the files of them. What is finished is never
 * written over by what is not, also where another process of the same campaign wrote it.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileNameOf } from '../../properties/simulate/file-name.ts';
import type { Sighting } from '../../properties/simulate/recording.ts';
import { readScriptFile } from '../read-script.ts';
import { type Found, formatFailureFile } from './failure-file.ts';
import type { Troubles } from './troubles.ts';
import { writeWhole } from './write-file.ts';

export type Stage = Sighting['stage'];

export interface KnownFailure {
  readonly class: string;
  readonly rule: string;
  readonly message: string;
  readonly steps: number;
  readonly stage: Stage;
  readonly run: number | null;
  /** Null where the file could not be written. */
  readonly path: string | null;
}

export interface KnownFailures {
  /** What it is now known by; null where nothing better came of it. */
  see(sighting: Sighting): KnownFailure | null;
  pathOf(failureClass: string): string | null;
  /** What needs fewest steps first. */
  all(): readonly KnownFailure[];
}

/** Apart from what each failure says for itself. */
export type FoundWith = Pick<Found, 'seed' | 'system' | 'versions' | 'fault' | 'by'>;

const ranks: Readonly<Record<Stage, number>> = { found: 0, smaller: 1, shrunk: 2 };

/** Without a folder nothing is written. */
export function openKnownFailures(folder: string | null, foundWith: FoundWith, troubles: Troubles): KnownFailures {
  const known = new Map<string, KnownFailure>(folder === null ? [] : written(folder).map((failure) => [failure.class, failure]));
  const pathFor = (failureClass: string, inside: string): string => {
    const others = new Set([...known.values()].filter((one) => one.class !== failureClass).map(({ path }) => path));
    const wanted = fileNameOf(failureClass);
    for (let number = 1; ; number += 1) {
      const path = join(inside, `${number === 1 ? wanted : `${wanted}-${number}`}.json`);
      if (!others.has(path)) return path;
    }
  };
  const write = ({ failure, script, run, shrunkFrom, stage }: Sighting, inside: string): string | null => {
    const path = pathFor(failure.class, inside);
    const { class: name, rule, message } = failure;
    const isWritten = troubles.attempt(path, () => {
      mkdirSync(inside, { recursive: true });
      writeWhole(path, formatFailureFile({ class: name, rule, message, run, shrunkFrom, stage, ...foundWith }, script));
      return true;
    });
    return isWritten === true ? path : null;
  };
  return {
    see: (sighting) => {
      const { failure, script, run, stage } = sighting;
      const before = known.get(failure.class);
      if (before !== undefined && !isBetter(sighting, before)) return null;
      const { class: name, rule, message } = failure;
      const path = folder === null ? null : (write(sighting, folder) ?? before?.path ?? null);
      const now = { class: name, rule, message, steps: script.steps.length, stage, run, path };
      known.set(name, now);
      return now;
    },
    pathOf: (failureClass) => known.get(failureClass)?.path ?? null,
    all: () => [...known.values()].sort((one, other) => ranks[other.stage] - ranks[one.stage] || one.steps - other.steps),
  };
}

/** What is shrunk at last stands in the end, even where it is longer; on the way only what is shorter is better. */
function isBetter({ stage, script }: Sighting, before: KnownFailure): boolean {
  if (ranks[stage] !== ranks[before.stage]) return ranks[stage] > ranks[before.stage];
  return stage !== 'smaller' || script.steps.length < before.steps;
}

/** By an earlier process. What is no file of a failure is none of ours. */
function written(folder: string): readonly KnownFailure[] {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const files = isFolder ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return files.flatMap((file) => {
    const path = join(folder, file);
    try {
      const { found, script } = readScriptFile(path);
      if (found === null) return [];
      const { class: name, rule, message, stage, run } = found;
      return [{ class: name, rule, message, steps: script.steps.length, stage, run, path }];
    } catch {
      return [];
    }
  });
}
