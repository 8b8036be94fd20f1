/**
 * The server's own copy of a schema (C1). It shares nothing with what it was made from and cannot be changed, so that it
 * can be handed to anyone: whoever tries to write into it is told so by the language.
 */
import { copySchema } from '../schema/read-schema.ts';
import type { PlainSchema } from '../schema/types.ts';

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}

/** Throws a ProtocolError that names the place where it is no schema. */
export function frozenSchema(schema: PlainSchema): PlainSchema {
  const copy = copySchema(schema);
  freeze(copy);
  return copy;
}
