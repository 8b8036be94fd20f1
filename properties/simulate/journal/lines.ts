/** The lines of a journal: JSON, one a line, each whole by itself. What was said is never changed, so a journal only grows. */
import {
  byKey,
  changed,
  choice,
  flag,
  list,
  name,
  nullable,
  number,
  object,
  optional,
  type Shape,
  table,
  text,
  unchecked,
  whole,
} from '../../language/shapes.ts';
import { readScript } from '../../scripts/parse.ts';
import type { Script } from '../../scripts/script.ts';
import type { Failure, Outcome } from '../../trace.ts';
import type { RecordedShrink, Segment } from '../recording.ts';
import { type Campaign, campaign } from './campaign.ts';

export type JournalLine =
  /** The first line. */
  | { readonly line: 'campaign'; readonly version: typeof journalVersion; readonly campaign: Campaign }
  /** How a script that is run first ended. */
  | { readonly line: 'corpus'; readonly entry: string; readonly outcome: Outcome }
  /** Runs that are done. `elapsedSeconds`: since the campaign began, without the time between two processes. */
  | { readonly line: 'runs'; readonly elapsedSeconds: number; readonly runs: Segment }
  /** A failure that was met; the run itself comes with its segment. Of an entry of the corpus `run` is null. */
  | { readonly line: 'failure'; readonly run: number | null; readonly failure: Failure }
  | { readonly line: 'shrunk'; readonly shrink: RecordedShrink }
  /** A process came to its end; where another went on, more lines follow. */
  | { readonly line: 'end'; readonly end: 'complete' | 'interrupted' | 'bailed' };

export const journalVersion = '1' as const;

const failure: Shape<Failure> = changed(
  object({
    class: text,
    rule: text,
    property: text,
    message: text,
    allowed: list(text),
    shown: text,
    step: number,
    known: optional(text),
  }),
  ({ known, ...others }) => ({ ...others, ...(known !== undefined && { known }) }),
);

const outcome: Shape<Outcome> = byKey<Outcome>('outcome', {
  held: object({ outcome: choice(['held']) }),
  failed: object({ outcome: choice(['failed']), failure }),
  unknown: object({ outcome: choice(['unknown']), why: text }),
});

const segment: Shape<Segment> = object({
  from: whole(0),
  steps: whole(0),
  commands: whole(0),
  skipped: whole(0),
  coverage: table(number, 'as written'),
  hashes: list(text),
  ends: list(object({ run: whole(0), outcome })),
});

const script: Shape<Script> = changed(unchecked, readScript);

const shrink: Shape<RecordedShrink> = object({
  run: whole(0),
  script,
  shrunkFrom: whole(0),
  attempts: whole(0),
  oneMinimal: flag,
  failure,
});

export const journalLine: Shape<JournalLine> = byKey<JournalLine>('line', {
  campaign: object({ line: choice(['campaign']), version: choice(['1']), campaign }),
  corpus: object({ line: choice(['corpus']), entry: name, outcome }),
  runs: object({ line: choice(['runs']), elapsedSeconds: number, runs: segment }),
  failure: object({ line: choice(['failure']), run: nullable(whole(0)), failure }),
  shrunk: object({ line: choice(['shrunk']), shrink }),
  end: object({ line: choice(['end']), end: choice(['complete', 'interrupted', 'bailed']) }),
});
