/** The definition of an attribute as plain data, without its types for the compiler. */
import type { Value } from '../../../vocabulary/values.ts';

export type ItemKind = 'string' | 'number' | 'boolean';
export type AttributeKind = 'id' | 'string' | 'number' | 'boolean' | 'date' | 'set';

export interface Definition {
  readonly kind: AttributeKind;
  /** The kind of the members, for a set. */
  readonly items?: ItemKind;
  readonly nullable: boolean;
  readonly optional: boolean;
  /** The only texts allowed, for a string; absent: all. */
  readonly enum?: readonly string[];
  /** As it is sent and stored; undefined: none. */
  readonly default: Value | undefined;
}
