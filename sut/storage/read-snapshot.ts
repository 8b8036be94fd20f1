/** Reading the records of a snapshot out of what a disk gave back: trusted no more than a frame. Each throws a ProtocolError that names the field. */
import { readAttributes } from '../protocol/read-data.ts';
import { fields, nonEmptyText, text, wholeNumber } from '../protocol/shape.ts';
import { readSchema } from '../schema/read-schema.ts';
import type { NumberedIncarnation, PushedSchema, RememberedWrite, SnapshotClient, SnapshotRow } from '../server/snapshot.ts';

export function readSnapshotRow(value: unknown): SnapshotRow {
  const row = fields(value, 'a row');
  return {
    collection: nonEmptyText(row.collection, 'collection'),
    id: nonEmptyText(row.id, 'id'),
    generation: nonEmptyText(row.generation, 'generation'),
    attributes: readAttributes(row.attributes, 'attributes'),
  };
}

export function readSnapshotClient(value: unknown): Omit<SnapshotClient, 'writes'> {
  const client = fields(value, 'a client');
  return {
    clientId: nonEmptyText(client.clientId, 'clientId'),
    lastSequence: wholeNumber(client.lastSequence, 1, 'lastSequence'),
    answered: wholeNumber(client.answered, 0, 'answered'),
  };
}

export function readRememberedWrite(value: unknown): RememberedWrite {
  const write = fields(value, 'a write');
  return {
    sequence: wholeNumber(write.sequence, 1, 'sequence'),
    id: text(write.id, 'id'),
    version: wholeNumber(write.version, 1, 'version'),
    error: write.error === null ? null : readRejection(write.error),
  };
}

export function readPushedSchema(value: unknown): PushedSchema {
  const pushed = fields(value, 'a schema');
  return { number: wholeNumber(pushed.number, 1, 'number'), schema: readSchema(pushed.schema, 'schema') };
}

export function readNumberedIncarnation(value: unknown): NumberedIncarnation {
  const begun = fields(value, 'an incarnation');
  return {
    number: wholeNumber(begun.number, 1, 'number'),
    id: nonEmptyText(begun.id, 'id'),
    version: wholeNumber(begun.version, 0, 'version'),
  };
}

/** Of a snapshot itself: what it stands for, and of how many records it consists. */
export interface SnapshotHead {
  readonly version: number;
  /** How many entries it stands for: those behind it are counted from there. */
  readonly entries: number;
  readonly records: number;
}

export function readSnapshotHead(value: unknown): SnapshotHead {
  const head = fields(value, 'the snapshot');
  return {
    version: wholeNumber(head.version, 0, 'version'),
    entries: wholeNumber(head.entries, 0, 'entries'),
    records: wholeNumber(head.records, 0, 'records'),
  };
}

function readRejection(value: unknown): { readonly name: string; readonly message: string } {
  const error = fields(value, 'error');
  return { name: text(error.name, 'error.name'), message: text(error.message, 'error.message') };
}
