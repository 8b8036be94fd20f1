/**
 * Rows as text. Each row is made text once for all that is told of it in one breath, however many groups a commit concerns (H5): texts of
 * a row are kept for as long as whoever asks for them keeps this.
 */
import { byteLength } from '../protocol/text-size.ts';
import type { StoredRow } from '../query/types.ts';
import type { Counters } from './counters.ts';

export interface RowText {
  /** As it stands in a frame. */
  readonly text: string;
  /** Code units of the attributes alone: a third of their bytes at least. */
  readonly units: number;
  /** In UTF-8, of the attributes alone: by these rows are judged (B3, B4). */
  bytes(): number;
}

export type RowTexts = (row: StoredRow) => RowText;

export function createRowTexts(counters: Pick<Counters, 'unitsEncoded'>): RowTexts {
  const known = new Map<StoredRow, RowText>();

  function make({ generation, attributes }: StoredRow): RowText {
    const made = JSON.stringify(attributes);
    counters.unitsEncoded += made.length;
    let bytes: number | undefined;
    return {
      text: `{"generation":${JSON.stringify(generation)},"attributes":${made}}`,
      units: made.length,
      bytes: () => {
        bytes ??= byteLength(made);
        return bytes;
      },
    };
  }

  return (row) => {
    const text = known.get(row) ?? make(row);
    known.set(row, text);
    return text;
  };
}
