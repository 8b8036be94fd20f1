/**
 * What a client says of its schema with its hello (C4): a SHA-256 of what C2 compares, in one spelling. The hash is pure
 * JavaScript, since that of Node is not there in browsers and that of browsers answers only later.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Attribute } from '../../vocabulary/schemas.ts';
import { compareText } from '../query/value.ts';
import type { PlainSchema } from './types.ts';

/** Pairs, not an object: its keys would come in an order of their own where they look like numbers. */
function sortedEntries<Held, Result>(
  record: Readonly<Record<string, Held>>,
  spell: (held: Held) => Result,
): readonly (readonly [string, Result])[] {
  return Object.entries(record)
    .sort(([left], [right]) => compareText(left, right))
    .map(([name, held]) => [name, spell(held)]);
}

function spellAttribute({ type, items, nullable, optional, enum: texts }: Attribute) {
  return [type, items, nullable, optional, texts === null ? null : [...new Set(texts)].sort(compareText)];
}

/** 64 hexadecimal digits: equal for two schemas with the same collections and attributes, in whatever order they were written; permissions and roles do not count. */
export function schemaHash({ collections }: PlainSchema): string {
  const spelled = sortedEntries(collections, ({ attributes }) => sortedEntries(attributes, spellAttribute));
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(spelled))));
}
