/** Rows as the system keeps them. */
import type { Attributes } from '../../vocabulary/values.ts';

/** A row with its generation: the name of the insert that began it (`clientId:sequence`), see W3. `attributes` holds `id` too. */
export interface StoredRow {
  readonly generation: string;
  readonly attributes: Attributes;
}
