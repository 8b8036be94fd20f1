/** Reading what a client kept out of what a disk gave back: trusted no more than a frame. Each throws a ProtocolError that names the field. */
import type { CachedResult, OutboxEntry, StoredClient } from '../client/storage.ts';
import { readOperation } from '../protocol/read-client-frame.ts';
import { readStoredRow } from '../protocol/read-data.ts';
import { fields, list, nonEmptyText, text, wholeNumber } from '../protocol/shape.ts';

export function readOutboxEntry(value: unknown): OutboxEntry {
  const entry = fields(value, 'a write');
  return {
    sequence: wholeNumber(entry.sequence, 1, 'sequence'),
    id: nonEmptyText(entry.id, 'id'),
    operations: list(entry.operations, 'operations', readOperation),
  };
}

export function readCachedResult(value: unknown): CachedResult {
  const result = fields(value, 'a result');
  return {
    query: text(result.query, 'query'),
    version: wholeNumber(result.version, 0, 'version'),
    rows: list(result.rows, 'rows', readStoredRow),
  };
}

export function readHeard(value: unknown): NonNullable<StoredClient['heard']> {
  const heard = fields(value, 'what was heard');
  return { incarnation: nonEmptyText(heard.incarnation, 'incarnation'), version: wholeNumber(heard.version, 0, 'version') };
}

export function readSecret(value: unknown): string {
  return nonEmptyText(value, 'the secret');
}

export function readNextSequence(value: unknown): number {
  return wholeNumber(value, 1, 'the next number');
}
