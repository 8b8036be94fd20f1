/**
 * Whether a write leaves a row over a bound (B3). Judged on what it adds: a row that becomes no larger always passes. The
 * size of a row is counted once; after that only what changes is, so that thousands of updates of one large row cost no
 * more than their own length.
 */
import type { Attributes, Value } from '../../vocabulary/values.ts';
import type { BoundName, Bounds } from './bounds.ts';
import { byteLength } from './text-size.ts';

/** How large a row is, in both measures. */
interface Measure {
  readonly attributes: number;
  readonly bytes: number;
}
export interface MeasuredUpdate {
  readonly before: Measure;
  readonly after: Measure;
}

/** An insert brings all of its row, whatever row it replaces. */
export function boundBrokenByInsert(row: Attributes, { rowAttributesMax, rowBytesMax }: Bounds): BoundName | undefined {
  const { attributes, bytes } = measureOf(row);
  if (attributes > rowAttributesMax) return 'rowAttributesMax';
  return bytes > rowBytesMax ? 'rowBytesMax' : undefined;
}

/** `after` is the row `before` with the changes, as it will be. */
export function boundBrokenByUpdate(before: Attributes, changes: Attributes, after: Attributes, bounds: Bounds): BoundName | undefined {
  const measured = measureUpdate(before, changes);
  keepMeasure(after, measured);
  return boundBrokenBy(measured, bounds);
}

export function boundBrokenBy({ before, after }: MeasuredUpdate, { rowAttributesMax, rowBytesMax }: Bounds): BoundName | undefined {
  if (after.attributes > rowAttributesMax && after.attributes > before.attributes) return 'rowAttributesMax';
  return after.bytes > rowBytesMax && after.bytes > before.bytes ? 'rowBytesMax' : undefined;
}

/** What the row will be with these changes, by looking at no more than them. A row never changes its id. */
export function measureUpdate(row: Attributes, changes: Attributes): MeasuredUpdate {
  const before = measureOf(row);
  let { attributes, bytes } = before;
  for (const name of Object.keys(changes)) {
    if (name === 'id') continue;
    const isNew = !Object.hasOwn(row, name);
    attributes += isNew ? 1 : 0;
    // A name that is new comes with its colon and a comma.
    bytes += textBytes(changes[name]) + (isNew ? textBytes(name) + 2 : -textBytes(row[name]));
  }
  return { before, after: { attributes, bytes } };
}

/** The row is now what was measured, another one or the same one changed. */
export function keepMeasure(row: Attributes, { after }: MeasuredUpdate): void {
  measures.set(row, after);
}

/** By the row itself: rows are never changed once they are held, only replaced. */
const measures = new WeakMap<Attributes, Measure>();

function measureOf(row: Attributes): Measure {
  const measure = measures.get(row) ?? { attributes: Object.keys(row).length, bytes: byteLength(JSON.stringify(row)) };
  measures.set(row, measure);
  return measure;
}

export function bytesOf(row: Attributes): number {
  return measureOf(row).bytes;
}

/** How many bytes a write leaves, as its operations are judged one after the other: each row once, as it is by then. */
export interface WrittenBytes {
  /** `row`: a key of its own. Tells the bytes of all rows so far. */
  leave(row: string, bytes: number): number;
}

export function createWrittenBytes(): WrittenBytes {
  const byRow = new Map<string, number>();
  let all = 0;
  return {
    leave(row, bytes) {
      all += bytes - (byRow.get(row) ?? 0);
      byRow.set(row, bytes);
      return all;
    },
  };
}

function textBytes(value: Value | undefined): number {
  return byteLength(JSON.stringify(value ?? null));
}
