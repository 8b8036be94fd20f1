/**
 * The types an attribute can have. A definition is plain data; what its values are in TypeScript rides along in
 * optional properties that exist for the compiler alone.
 */
import type { AttributeKind, Definition } from './definition.ts';
import { defaultValue } from './values.ts';

/** `Api`: what values are for the user of the client. `Given`: how much of it an insert must give. */
export interface Attribute<Api, Given extends 'always' | 'maybe' = 'always' | 'maybe', Held extends 'always' | 'maybe' = 'always' | 'maybe'>
  extends Definition {
  readonly api?: Api;
  readonly given?: Given;
  readonly held?: Held;
}
export type AnyAttribute = Attribute<unknown>;

export interface AttributeOptions<Api> {
  readonly nullable?: boolean;
  readonly default?: Api | null;
}
export interface StringOptions extends AttributeOptions<string> {
  /** The only texts allowed. */
  readonly enum?: readonly string[];
}
type TextOf<Options> = Options extends { readonly enum: readonly (infer Text extends string)[] } ? Text : string;
type ApiOf<Api, Options> = Options extends { readonly nullable: true } ? Api | null : Api;
type GivenOf<Options> = Options extends { readonly default: unknown } ? 'maybe' : 'always';

type More = Pick<Definition, 'items' | 'enum'>;
function define(kind: AttributeKind, options: AttributeOptions<unknown> | undefined, more: More = {}): Definition {
  const shape = { kind, nullable: options?.nullable ?? false, optional: false, ...more };
  return { ...shape, default: defaultValue({ ...shape, default: undefined }, options?.default) };
}

/** The attribute `id`, which every collection has; an insert without it is given a fresh one. */
export function Id(): Attribute<string, 'maybe', 'always'> {
  return define('id', undefined);
}

// `const Options` keeps the literal types of what is passed, so that `{ nullable: true }` is told from `{ nullable: false }`.
export function StringType<const Options extends StringOptions>(
  options?: Options,
): Attribute<ApiOf<TextOf<Options>, Options>, GivenOf<Options>, 'always'> {
  return define('string', options, options?.enum === undefined ? {} : { enum: [...options.enum] });
}

export function NumberType<const Options extends AttributeOptions<number>>(
  options?: Options,
): Attribute<ApiOf<number, Options>, GivenOf<Options>, 'always'> {
  return define('number', options);
}

export function BooleanType<const Options extends AttributeOptions<boolean>>(
  options?: Options,
): Attribute<ApiOf<boolean, Options>, GivenOf<Options>, 'always'> {
  return define('boolean', options);
}

export function DateType<const Options extends AttributeOptions<Date>>(
  options?: Options,
): Attribute<ApiOf<Date, Options>, GivenOf<Options>, 'always'> {
  return define('date', options);
}

/** Members are strings, numbers or booleans; `items` is an attribute of that type, of which only the type counts. */
export function SetType<Item extends string | number | boolean, const Options extends AttributeOptions<ReadonlySet<Item>>>(
  items: Attribute<Item>,
  options?: Options,
): Attribute<ApiOf<ReadonlySet<Item>, Options>, GivenOf<Options>, 'always'> {
  if (items.kind === 'string' || items.kind === 'number' || items.kind === 'boolean') return define('set', options, { items: items.kind });
  throw new TypeError(`A set holds strings, numbers or booleans, not values of type ${items.kind}.`);
}

/** The attribute may be missing from a row. */
export function Optional<Api>(attribute: Attribute<Api>): Attribute<Api, 'maybe', 'maybe'> {
  const { given: _given, held: _held, ...definition } = attribute;
  return { ...definition, optional: true };
}
