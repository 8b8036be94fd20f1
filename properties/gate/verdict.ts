/**
 * The verdict of the gate: what each finding means for a release, from where it shows. Pure; `verdict.test.ts` holds the
 * whole table, cell by cell.
 *
 * Two things block a release: a regression (it shows in what is to be released and not in what that is compared with, be
 * it listed as known or not) and whatever is in no list, also where it is as old as the other state: nobody has looked at
 * it yet. What is listed and stands in both is told, and so is what is gone. What hides behind something else is not
 * decided, and neither is the release. A waiver lets a finding pass that would block, until its day: then it blocks itself.
 */

/** What is known of a finding in one state of the system. */
export type Sight =
  /** In so many fresh runs and scripts that were at hand. */
  | { readonly sight: 'shows'; readonly runs: number; readonly scripts: number }
  /** The scripts that show it elsewhere hold here. */
  | { readonly sight: 'absent' }
  /** The script that shows it elsewhere fails here as something else, which may stand before it. */
  | { readonly sight: 'hidden'; readonly behind: string }
  | { readonly sight: 'undecided'; readonly why: string };

export interface Finding {
  /** The name of a known deviation, or a class of failure. */
  readonly name: string;
  /** It is in the list of what was looked at. Our own client and server have no such list. */
  readonly isKnown: boolean;
  readonly rule: string;
  /** One line. */
  readonly title: string;
  /** In what is to be released. */
  readonly here: Sight;
  /** In what that is compared with; null: with nothing. */
  readonly there: Sight | null;
}

/**
 * `new`: not there before, or nothing is compared and it is in no list. `standing`: in both, and in no list. `waived`: it
 * is one of these, and somebody answers for it. `known`: listed, and no regression. `fixed`: in the other alone. `hidden`: something else stands before it here. `absent`: it is
 * listed and shows in neither.
 */
export type Label = 'new' | 'standing' | 'waived' | 'known' | 'fixed' | 'hidden' | 'absent' | 'undecided';

export interface JudgedFinding extends Finding {
  readonly label: Label;
  readonly blocks: boolean;
}

export type GateVerdict = 'held' | 'blocked' | 'undecided';

/** `isWaived`: by a waiver whose day has not come. */
export function judgeFinding(finding: Finding, isWaived = false): JudgedFinding {
  const label = labelOf(finding);
  const blocks = label === 'new' || label === 'standing';
  return blocks && isWaived ? { ...finding, label: 'waived', blocks: false } : { ...finding, label, blocks };
}

function labelOf({ here, there, isKnown }: Finding): Label {
  switch (here.sight) {
    case 'shows':
      return isKnown ? labelOfKnown(there) : there?.sight === 'shows' ? 'standing' : 'new';
    case 'absent':
      return there?.sight === 'shows' ? 'fixed' : 'absent';
    case 'hidden':
    case 'undecided':
      return here.sight;
  }
}

/** Of one that shows here. Hidden there, it is not shown to be a regression. */
function labelOfKnown(there: Sight | null): Label {
  switch (there?.sight) {
    case 'absent':
      return 'new';
    case 'undecided':
      return 'undecided';
    case 'hidden':
    case 'shows':
    case undefined:
      return 'known';
  }
}

/** What the verdict follows from, beside the findings. */
export interface Circumstances {
  /** Everything that was to be run gave a result. */
  readonly isWhole: boolean;
  /** A state of which no run came to its first step: whatever it shows decides nothing. */
  readonly neverBegan: boolean;
  /** A waiver ran out, whether or not what it is about shows. */
  readonly hasExpiredWaiver: boolean;
}

/** What blocks comes before what is not decided: no later run takes it back. */
export function verdictOfFindings(findings: readonly JudgedFinding[], circumstances: Circumstances): GateVerdict {
  if (circumstances.neverBegan) return 'undecided';
  if (circumstances.hasExpiredWaiver || findings.some(({ blocks }) => blocks)) return 'blocked';
  const isDecided = findings.every(({ label }) => label !== 'undecided' && label !== 'hidden');
  return circumstances.isWhole && isDecided ? 'held' : 'undecided';
}

const order: readonly Label[] = ['new', 'standing', 'waived', 'undecided', 'hidden', 'fixed', 'known', 'absent'];

/** What blocks first; among equals by rule, then by name. */
export function inOrder(findings: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const place = ({ label }: JudgedFinding): number => order.indexOf(label);
  return [...findings].sort((one, other) => place(one) - place(other) || compare(one.rule, other.rule) || compare(one.name, other.name));
}

/** Digits by their value, so that S10 comes after S9. */
function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
