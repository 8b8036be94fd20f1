/**
 * Queries and filters as users write them. The compiler refuses a value that no row could suit (Q1), as the client does
 * at run time; behind the client a statement is any operator beside any value.
 */
import type { Cursor, Operator, Ordering } from '../../vocabulary/queries.ts';
import type { Scalar } from '../../vocabulary/values.ts';

/** A statement over values of these types, by operator. */
type StatementOver<Held> =
  | readonly [attribute: string, operator: '=' | '!=', value: Held | null]
  | readonly [attribute: string, operator: '<' | '<=' | '>' | '>=' | 'has' | '!has', value: Held]
  | readonly [attribute: string, operator: 'in' | 'nin', value: ListOver<Held | null>]
  | readonly [attribute: string, operator: 'like', value: string]
  | readonly [attribute: string, operator: 'isDefined', value: boolean];
/** A set where dates are dates, which is where sets are sets. */
type ListOver<Held> = readonly Held[] | (Date extends Held ? ReadonlySet<Held> : never);
type Something = Exclude<Scalar, null>;

/** As plain data: dates are texts, sets are lists. */
export type Statement = StatementOver<Something>;
export interface FilterGroup {
  readonly mod: 'and' | 'or';
  readonly filters: readonly Filter[];
}
export type Filter = Statement | FilterGroup;

/** The clauses of `where` are one `and`; ties of `order` fall to ascending `id` (Q1). */
export interface Query {
  readonly collection: string;
  readonly where: readonly Filter[];
  readonly order: readonly Ordering[];
  /** At most so many rows; absent: all. */
  readonly limit?: number | undefined;
  /** Only rows strictly after this place in the order. */
  readonly after?: Cursor | undefined;
}

/** A clause as the builder takes it: values may be dates and sets. */
export type FilterInput = StatementOver<Something | Date> | FilterGroupInput;
export interface FilterGroupInput {
  readonly mod: 'and' | 'or';
  readonly filters: readonly FilterInput[];
}

/** In a permission it stands for a variable of the role, or for a claim (P1). */
export type Variable = `$role.${string}` | `$token.${string}`;
/** A clause of a permission. */
export type RuleFilterInput =
  | StatementOver<Something | Date>
  | readonly [attribute: string, operator: Operator, value: Variable]
  | RuleGroupInput;
export interface RuleGroupInput {
  readonly mod: 'and' | 'or';
  readonly filters: readonly RuleFilterInput[];
}

interface GroupOf<Member> {
  readonly mod: 'and' | 'or';
  readonly filters: readonly Member[];
}
/** True where one of the clauses is. */
export function or<const Member extends RuleFilterInput>(filters: readonly Member[]): GroupOf<Member> {
  return { mod: 'or', filters };
}
/** True where all of the clauses are. */
export function and<const Member extends RuleFilterInput>(filters: readonly Member[]): GroupOf<Member> {
  return { mod: 'and', filters };
}

type Member<Held> = Held extends ReadonlySet<infer Item> ? Item : Held extends readonly (infer Item)[] ? Item : Held;
/** Of what an attribute may hold, what statements compare with: no set, and neither null nor missing. */
type Comparable<Held> = Exclude<Held, null | undefined | ReadonlySet<unknown> | readonly unknown[]>;
/** What an operator compares an attribute with (Q1). */
export type Operand<Held, By extends Operator> = By extends 'in' | 'nin'
  ? readonly (Comparable<Held> | null)[] | ReadonlySet<Comparable<Held> | null>
  : By extends 'like'
    ? string
    : By extends 'isDefined'
      ? boolean
      : By extends 'has' | '!has'
        ? Exclude<Member<NonNullable<Held>>, null>
        : By extends '=' | '!='
          ? Comparable<Held> | null
          : Comparable<Held>;
