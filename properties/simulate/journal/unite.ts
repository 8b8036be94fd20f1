/** Unites the journals of shards: every run and every script of the corpus exactly once, or no result at all. */
import { UsageError } from '../../../tools/usage-error.ts';
import { sum } from '../../language/lists.ts';
import type { Outcome } from '../../trace.ts';
import type { Recorded } from '../recording.ts';
import { endOf } from '../segments.ts';
import type { Campaign, RunRange } from './campaign.ts';
import type { Journal } from './read.ts';

export interface United {
  /** That of all, as if one process had done it. */
  readonly campaign: Campaign;
  readonly recorded: Recorded;
}

/** `corpus`: the names of the scripts that are run first. @throws {UsageError} one line that names what does not fit */
export function unite(journals: readonly Journal[], corpus: readonly string[]): United {
  const [first, ...others] = journals;
  if (first === undefined) throw new UsageError('merge needs the folders of campaigns');
  for (const other of others) requireSame(first, other);
  const ordered = [...journals].sort((one, other) => startOf(one) - startOf(other));
  const whole = wholeOf(ordered);
  requireEachOnce(ordered, whole);
  const outcomes = outcomesOf(journals);
  const missing = first.campaign.corpus === null ? undefined : corpus.find((name) => !outcomes.has(name));
  if (missing !== undefined) throw new UsageError(`the script ${missing} of the corpus was run by none of them`);
  const segments = ordered.flatMap((journal) => journal.segments);
  const shrinks = journals.flatMap((journal) => journal.shrinks);
  return {
    campaign: { ...first.campaign, range: whole, whole, shard: null },
    recorded: { corpus: outcomes, segments, shrinks, seconds: sum(journals, ({ seconds }) => seconds) },
  };
}

/** What has to be the same, and how a complaint names it. */
const common: readonly (readonly [what: string, of: (campaign: Campaign) => unknown])[] = [
  ['seed', ({ seed }) => seed],
  ['system', ({ system }) => system],
  ['versions of the packages', ({ versions }) => versions],
  ['sources', ({ sources }) => sources],
  ['fault', ({ fault }) => fault?.planted ?? null],
  ['corpus', ({ corpus }) => corpus],
  ['--only', ({ only }) => only],
  ['--twice', ({ twice }) => twice],
  ['--shrink-known', ({ shrinksKnown }) => shrinksKnown],
  ['--bail', ({ bail }) => bail],
];

function requireSame(first: Journal, other: Journal): void {
  const different = common.find(([, of]) => JSON.stringify(of(first.campaign)) !== JSON.stringify(of(other.campaign)));
  if (different === undefined) return;
  const [what, of] = different;
  const said = [first, other].map(({ campaign }) => sayValue(of(campaign)));
  throw new UsageError(`${first.folder} and ${other.folder} are no parts of one campaign: ${what} ${said[0]} and ${said[1]}`);
}

function sayValue(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function startOf({ segments: [first], campaign }: Journal): number {
  return first?.from ?? campaign.range.from;
}

/** Where only the time bounded it, a campaign ends with its last run. */
function wholeOf(journals: readonly Journal[]): { readonly from: number; readonly to: number } {
  const from = Math.min(...journals.map(({ campaign }) => campaign.whole.from));
  const to = Math.max(...journals.map((journal) => journal.campaign.whole.to ?? doneOf(journal).to));
  return { from, to };
}

/** The runs of a journal: they follow each other. */
function doneOf(journal: Journal): { readonly from: number; readonly to: number } {
  const from = startOf(journal);
  const last = journal.segments.at(-1);
  return { from, to: last === undefined ? from : endOf(last) };
}

/** The journals are in the order of their runs. */
function requireEachOnce(journals: readonly Journal[], whole: { readonly from: number; readonly to: number }): void {
  let done = whole.from;
  let before: Journal | undefined;
  for (const journal of journals) {
    const { from, to } = doneOf(journal);
    if (from > done) throw new UsageError(sayGap({ from: done, to: from }, before));
    if (from < done && before !== undefined) {
      throw new UsageError(`${sayRuns({ from, to: Math.min(done, to) })} in both ${before.folder} and ${journal.folder}`);
    }
    done = to;
    before = journal;
  }
  if (done < whole.to) throw new UsageError(sayGap({ from: done, to: whole.to }, before));
}

/** Of the campaign before the gap it is told where it should have gone on. */
function sayGap(gap: { readonly from: number; readonly to: number }, before: Journal | undefined): string {
  const isUnfinished = before !== undefined && (before.campaign.range.to ?? 0) > gap.from;
  const hint = isUnfinished ? `; lockstep resume ${before.folder} goes on with it` : '';
  return `${sayRuns(gap)} in none of them${hint}`;
}

function sayRuns({ from, to }: RunRange & { readonly to: number }): string {
  return to - from === 1 ? `run ${from} is` : `runs ${from} to ${to - 1} are`;
}

function outcomesOf(journals: readonly Journal[]): ReadonlyMap<string, Outcome> {
  return new Map(journals.flatMap(({ corpus }) => [...corpus]));
}
