/** Reads a journal back. A process that was killed may have left its last line unfinished: that line does not count. */
import { join } from 'node:path';
import { parseJson } from '../../../tools/json.ts';
import { UsageError } from '../../../tools/usage-error.ts';
import { readTextFile } from '../../faults/fault.ts';
import { read, ScriptError } from '../../language/shapes.ts';
import type { Outcome } from '../../trace.ts';
import type { Recorded, RecordedShrink, Segment } from '../recording.ts';
import { endOf } from '../segments.ts';
import type { Campaign } from './campaign.ts';
import { type JournalLine, journalLine } from './lines.ts';

export const journalName = 'journal.jsonl';

export interface Journal extends Recorded {
  /** For complaints. */
  readonly folder: string;
  readonly campaign: Campaign;
  /** The length of its whole lines: what comes after is to be cut off before more is written. */
  readonly wholeBytes: number;
}

/** @throws {UsageError} where there is none, or it is none */
export function readJournal(folder: string): Journal {
  const path = join(folder, journalName);
  const content = readTextFile(path);
  const whole = content.slice(0, content.lastIndexOf('\n') + 1);
  const [first, ...lines] = whole
    .split('\n')
    .slice(0, -1)
    .map((text, place) => readLine(text, `${path}:${place + 1}`));
  if (first?.line !== 'campaign') throw new UsageError(`${path}: a journal begins with its campaign`);
  const corpus = new Map<string, Outcome>();
  const segments: Segment[] = [];
  const shrinks: RecordedShrink[] = [];
  let seconds = 0;
  for (const line of lines) {
    switch (line.line) {
      case 'corpus':
        corpus.set(line.entry, line.outcome);
        break;
      case 'runs':
        requireNext(line.runs, segments.at(-1), first.campaign, path);
        segments.push(line.runs);
        seconds = line.elapsedSeconds;
        break;
      case 'shrunk':
        shrinks.push(line.shrink);
        break;
      case 'campaign':
      case 'failure':
      case 'end':
        break;
    }
  }
  return { folder, campaign: first.campaign, corpus, segments, shrinks, seconds, wholeBytes: Buffer.byteLength(whole) };
}

/** Two processes that wrote at once would leave runs twice. */
function requireNext({ from }: Segment, before: Segment | undefined, { range }: Campaign, path: string): void {
  const next = before === undefined ? range.from : endOf(before);
  if (from !== next) throw new UsageError(`${path}: run ${next} should come next, not run ${from}`);
}

function readLine(text: string, place: string): JournalLine {
  try {
    return read(journalLine, parseJson(text, place), 'line');
  } catch (error) {
    if (error instanceof ScriptError) throw new UsageError(`${place}: ${error.message}`);
    throw error;
  }
}
