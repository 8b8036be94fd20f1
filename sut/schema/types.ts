/** What comes of a schema that is put in the place of another (C3). A schema itself is plain data: `vocabulary/schemas.ts`. */
import type { Schema } from '../../vocabulary/schemas.ts';

/** A schema on the wire, in the log and in the server. The library names it so, since its namespace `Schema` holds the builders. */
export type PlainSchema = Schema;

/** How a row fails its schema (C3). `attribute` is null where the collection itself is unknown. */
export interface SchemaIssue {
  readonly collection: string;
  readonly id: string;
  readonly attribute: string | null;
  readonly problem: 'missing' | 'null' | 'type' | 'value' | 'unknown';
}

/** What `overrideSchema` resolves with (C3). */
export interface SchemaOutcome {
  /** False: refused because of `issues`; nothing changed. */
  readonly accepted: boolean;
  /** Whether clients of the schema that it replaces can live with it (C2). */
  readonly compatible: boolean;
  readonly issues: readonly SchemaIssue[];
}
