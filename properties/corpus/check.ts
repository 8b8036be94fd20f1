/** What is wrong with the corpus: every entry must hold on the sound system, and a planted one must fail on its broken system in the way that it tells. */
import type { Outcome } from '../trace.ts';
import type { CorpusEntry } from './entry.ts';

/** How an entry ended. */
export interface Checked {
  readonly entry: CorpusEntry;
  readonly sound: Outcome;
  /** With the fault planted; null for an entry that names none, or one that could not be planted. */
  readonly broken: Outcome | null;
  /** Why the fault could not be planted; null: it was, or there is none. */
  readonly misfit: string | null;
}

export interface Complaint {
  readonly name: string;
  /** The class that the entry tells. */
  readonly expected: string;
  /** A few words. */
  readonly wrong: string;
  /** Something gave no result: it is not known to be wrong. */
  readonly undecided: boolean;
}

/** In the order of the entries; then the faults that have none. `faultFiles` are those that must have one. */
export function complaintsAboutCorpus(checked: readonly Checked[], faultFiles: readonly string[]): readonly Complaint[] {
  const planted = new Set(checked.map(({ entry }) => entry.fault));
  const missing = faultFiles.filter((file) => !planted.has(file));
  return [
    ...checked.flatMap(complaintsAbout),
    ...missing.map((file) => ({ name: file, expected: '–', wrong: 'this fault has no entry', undecided: false })),
  ];
}

function complaintsAbout({ entry, sound, broken, misfit }: Checked): readonly Complaint[] {
  const complaint = (wrong: string, undecided = false): Complaint => {
    return { name: entry.name, expected: entry.class ?? '–', wrong, undecided };
  };
  return [
    ...(misfit === null ? [] : [complaint(misfit)]),
    ...(sound.outcome === 'failed' ? [complaint(`fails on the sound system: ${sound.failure.class}`)] : []),
    ...(sound.outcome === 'unknown' ? [complaint(`no result on the sound system: ${firstLine(sound.why)}`, true)] : []),
    ...(broken?.outcome === 'held' ? [complaint('holds on the broken system')] : []),
    ...(broken?.outcome === 'unknown' ? [complaint(`no result on the broken system: ${firstLine(broken.why)}`, true)] : []),
    ...(broken?.outcome === 'failed' && broken.failure.class !== entry.class ? [complaint(`fails as ${broken.failure.class}`)] : []),
  ];
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
