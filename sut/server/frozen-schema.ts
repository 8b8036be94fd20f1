/**
 * The server's own copy of a schema (C1). It shares nothing with what it was made from and cannot be changed, so that it
 * can be handed to anyone: whoever tries to write into it is told so by the language.
 */
import { deepFrozen } from '../schema/frozen.ts';
import { asSchema } from '../schema/invalid-schema-error.ts';
import { copySchema } from '../schema/read-schema.ts';
import type { PlainSchema } from '../schema/types.ts';

/** Every copy that was made: it is handed on as it is, since a copy of it would be the same. */
const copies = new WeakSet<PlainSchema>();

/** @throws InvalidSchemaError that names the place where it is no schema */
export function frozenSchema(schema: PlainSchema): PlainSchema {
  if (copies.has(schema)) return schema;
  const copy = deepFrozen(asSchema(() => copySchema(schema)));
  copies.add(copy);
  return copy;
}
