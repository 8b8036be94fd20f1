/**
 * Where a piece of a `like` pattern stands in a text. With `_` in it, and longer than a few units, all its places are tried at the same time:
 * a bit for each unit of the piece says whether the text so far ends in that much of it (Baeza-Yates and Gonnet, "A new approach to
 * text searching", 1992). So a text takes as many steps as it has units, for each 32 units of the piece, whatever the two hold.
 */
import type { Work } from './work.ts';

const anyUnit = '_';
/** Trying it at each place costs no more than the bits would. */
const shortPiece = 2;
const bitsOfWord = 32;
/** Codes below have a place of their own in a table. */
const tableSize = 128;

/** The first place at or after `from` where the piece stands, -1 without one. */
export type FindPiece = (text: string, from: number) => number;

/** Whether `piece` stands in `text` exactly at `start`. */
export function standsAt(piece: string, text: string, start: number, work: Work): boolean {
  if (start < 0 || start + piece.length > text.length) return false;
  for (let index = 0; index < piece.length; index += 1) {
    work.comparisons += 1;
    const expected = piece[index];
    if (expected !== anyUnit && expected !== text[start + index]) return false;
  }
  return true;
}

export function compilePiece(piece: string, work: Work): FindPiece {
  if (!piece.includes(anyUnit)) return findLiteral(piece, work);
  if (piece.length <= shortPiece) return findShort(piece, work);
  const masks = masksOf(piece);
  return masks.words === 1 ? findByWord(piece, masks, work) : findByWords(piece, masks, work);
}

function findLiteral(piece: string, work: Work): FindPiece {
  return (text, from) => {
    const found = text.indexOf(piece, from);
    work.comparisons += (found < 0 ? text.length : found + piece.length) - from;
    return found;
  };
}

function findShort(piece: string, work: Work): FindPiece {
  return (text, from) => {
    for (let start = from; start + piece.length <= text.length; start += 1) {
      if (standsAt(piece, text, start, work)) return start;
    }
    return -1;
  };
}

/** By code unit, in which places of the piece it may stand: a bit each, in words of 32. */
interface Masks {
  readonly words: number;
  readonly table: Int32Array;
  readonly others: ReadonlyMap<number, Int32Array>;
  /** Of a unit that the piece does not hold: where `_` is. */
  readonly anywhere: Int32Array;
}

function masksOf(piece: string): Masks {
  const words = Math.ceil(piece.length / bitsOfWord);
  const anywhere = new Int32Array(words);
  const own = new Map<number, Int32Array>();
  const set = (mask: Int32Array, place: number): void => {
    const word = Math.floor(place / bitsOfWord);
    mask[word] = (mask[word] ?? 0) | (1 << (place % bitsOfWord));
  };
  for (let place = 0; place < piece.length; place += 1) if (piece[place] === anyUnit) set(anywhere, place);
  for (let place = 0; place < piece.length; place += 1) {
    if (piece[place] === anyUnit) continue;
    const code = piece.charCodeAt(place);
    const mask = own.get(code) ?? anywhere.slice();
    set(mask, place);
    own.set(code, mask);
  }
  const table = new Int32Array(tableSize * words);
  for (let code = 0; code < tableSize; code += 1) table.set(own.get(code) ?? anywhere, code * words);
  return { words, table, others: own, anywhere };
}

/** Of a piece that one word holds, as most do. */
function findByWord({ length }: string, { table, others, anywhere }: Masks, work: Work): FindPiece {
  const [elsewhere = 0] = anywhere;
  const byCode = new Map([...others].map(([code, [mask = 0]]) => [code, mask]));
  const whole = 1 << (length - 1);
  return (text, from) => {
    const units = text.length;
    let ended = 0;
    for (let at = from; at < units; at += 1) {
      const code = text.charCodeAt(at);
      ended = ((ended << 1) | 1) & ((code < tableSize ? table[code] : byCode.get(code)) ?? elsewhere);
      if ((ended & whole) === 0) continue;
      work.comparisons += at + 1 - from;
      return at + 1 - length;
    }
    work.comparisons += Math.max(0, units - from);
    return -1;
  };
}

function findByWords({ length }: string, { words, table, others, anywhere }: Masks, work: Work): FindPiece {
  const lastWord = words - 1;
  const lastBit = 1 << ((length - 1) % bitsOfWord);
  const ended = new Int32Array(words);
  return (text, from) => {
    ended.fill(0);
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const isInTable = code < tableSize;
      const mask = isInTable ? table : (others.get(code) ?? anywhere);
      const first = isInTable ? code * words : 0;
      let carried = 1;
      for (let word = 0; word < words; word += 1) {
        const before = ended[word] ?? 0;
        ended[word] = ((before << 1) | carried) & (mask[first + word] ?? 0);
        carried = before >>> (bitsOfWord - 1);
      }
      if (((ended[lastWord] ?? 0) & lastBit) === 0) continue;
      work.comparisons += (at + 1 - from) * words;
      return at + 1 - length;
    }
    work.comparisons += Math.max(0, text.length - from) * words;
    return -1;
  };
}
