/**
 * Frames that hold rows: answers, in parts where they are long (Q7), and updates. The texts of rows are
 * joined, so that a frame is measured before it is made: what is over `answerBytesMax` costs no more than that many bytes (B4).
 */
import { type Bounds, limitExceeded, sayBound } from '../protocol/bounds.ts';
import { errorText } from '../protocol/error-text.ts';
import type { StoredRow } from '../query/types.ts';
import type { Logger } from '../runtime/ports.ts';
import { type Counters, countRefusal } from './counters.ts';
import type { GroupChange, SubscriptionError } from './group.ts';
import { createRowTexts, type RowText, type RowTexts } from './row-texts.ts';

/** Texts in their order, or why there are none. */
export type Encoded = { readonly texts: readonly string[] } | { readonly error: SubscriptionError };

/** The bounds, and the account of what is encoded or refused. */
export interface EncodingContext {
  readonly bounds: Bounds;
  readonly counters: Counters;
  readonly logger: Pick<Logger, 'error'>;
}

/** The rows of an answer as text, part by part: the same for every subscription that is told them. */
export function encodeRows(rows: readonly StoredRow[], context: EncodingContext): Encoded {
  return attempt(context, () => {
    const texts = textsOf(rows, createRowTexts(context.counters), context);
    return texts === undefined ? undefined : partsOf(texts, context.bounds);
  });
}

/** Frames are JSON by hand: a name is made safe as a text of its own. `parts`: the rows, as `encodeRows` made them text. */
export function answerFrames(
  answer: { readonly subscription: string; readonly group: string; readonly version: number },
  parts: readonly string[],
): readonly string[] {
  const name = JSON.stringify(answer.subscription);
  const last = parts.length - 1;
  const head = `{"type":"answer","subscription":${name},"group":${JSON.stringify(answer.group)},"version":${answer.version}`;
  return parts.map((rows, index) =>
    index === last ? `${head},"rows":[${rows}]}` : `{"type":"answerPart","subscription":${name},"rows":[${rows}]}`,
  );
}

/** One frame, the same for every member. `textOf`: the texts of its commit. */
export function encodeUpdate(
  version: number,
  { group, upserts, removals }: GroupChange,
  textOf: RowTexts,
  context: EncodingContext,
): Encoded {
  return attempt(context, () => {
    const texts = textsOf(upserts, textOf, context);
    if (texts === undefined) return undefined;
    const head = `{"type":"update","group":${JSON.stringify(group.id)},"version":${version}`;
    return [`${head},"upserts":[${joined(texts)}],"removals":${JSON.stringify(removals)}}`];
  });
}

/** What cannot be made text is the failure of those who were to hear it, and of nobody else (H4). `encode`: undefined where it is too long. */
function attempt({ bounds, counters, logger }: EncodingContext, encode: () => readonly string[] | undefined): Encoded {
  try {
    const texts = encode();
    if (texts !== undefined) return { texts };
    countRefusal(counters, 'answerBytesMax');
    return { error: { name: limitExceeded, message: sayBound('answerBytesMax', bounds) } };
  } catch (problem) {
    logger.error(`An answer or update could not be encoded: ${errorText(problem)}`);
    return { error: { name: 'EncodingFailedError', message: 'The server could not encode what it had to tell.' } };
  }
}

/** Undefined: over the bound, as soon as that is certain. */
function textsOf(
  rows: readonly StoredRow[],
  textOf: RowTexts,
  { bounds: { answerBytesMax } }: EncodingContext,
): readonly RowText[] | undefined {
  const texts: RowText[] = [];
  let units = 0;
  for (const row of rows) {
    const text = textOf(row);
    units += text.units;
    if (units > answerBytesMax) return undefined;
    texts.push(text);
  }
  const isOver = units * 3 > answerBytesMax && texts.reduce((sum, { bytes }) => sum + bytes(), 0) > answerBytesMax;
  return isOver ? undefined : texts;
}

/** A generation, and what stands around it and the attributes, take so many bytes at most. */
const besidesRow = 80;

/** The texts of their rows. At least one part, and in each but for a single row no more bytes than may be. */
function partsOf(rows: readonly RowText[], { answerPartBytes }: Bounds): readonly string[] {
  const units = rows.reduce((sum, row) => sum + row.units, 0);
  if (units * 3 + rows.length * besidesRow <= answerPartBytes) return [joined(rows)];
  const parts: string[] = [];
  let part: RowText[] = [];
  let bytes = 0;
  for (const row of rows) {
    const added = row.bytes() + besidesRow;
    if (part.length > 0 && bytes + added > answerPartBytes) {
      parts.push(joined(part));
      part = [];
      bytes = 0;
    }
    part.push(row);
    bytes += added;
  }
  return [...parts, joined(part)];
}

function joined(rows: readonly RowText[]): string {
  return rows.map(({ text }) => text).join(',');
}
