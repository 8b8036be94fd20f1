/** Reading an entry of the log out of what a disk gave back. It is trusted no more than a frame: it may be damaged, or of a later version. */
import { readOperation } from '../protocol/read-client-frame.ts';
import { type Fields, fail, fields, list, nameOf, nonEmptyText, text, wholeNumber } from '../protocol/shape.ts';
import { readSchema } from '../schema/read-schema.ts';
import type { LogEntry, RejectionEntry } from '../server/storage.ts';

/** Throws a ProtocolError that names the field. */
export function readLogEntry(value: unknown): LogEntry {
  const entry = fields(value, 'an entry');
  const { kind } = entry;
  switch (kind) {
    case 'write':
      return { kind, ...readAuthorship(entry), operations: list(entry.operations, 'operations', readOperation) };
    case 'rejection':
      return { kind, ...readAuthorship(entry), error: readError(entry.error) };
    case 'schema':
      return { kind, version: wholeNumber(entry.version, 1, 'version'), schema: readSchema(entry.schema, 'schema') };
    case 'incarnation':
      return { kind, version: wholeNumber(entry.version, 0, 'version'), id: nonEmptyText(entry.id, 'id') };
    default:
      return fail(`unknown kind ${nameOf(kind)}`);
  }
}

/** What writes and rejections have in common. */
function readAuthorship(entry: Fields): Pick<RejectionEntry, 'version' | 'clientId' | 'sequence' | 'id' | 'answered'> {
  return {
    version: wholeNumber(entry.version, 1, 'version'),
    clientId: nonEmptyText(entry.clientId, 'clientId'),
    sequence: wholeNumber(entry.sequence, 1, 'sequence'),
    id: text(entry.id, 'id'),
    answered: wholeNumber(entry.answered, 0, 'answered'),
  };
}

function readError(value: unknown): RejectionEntry['error'] {
  const error = fields(value, 'error');
  return { name: text(error.name, 'error.name'), message: text(error.message, 'error.message') };
}
