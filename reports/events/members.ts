/**
 * Tables over the members of a union, by their tag: one entry for each, of exactly that member's type, so that a member
 * without an entry does not compile, and looking one up needs no cast.
 */

/** The members of a union without their tag, by their tag. */
export type Bodies<Tag extends string, Union> = {
  readonly [Name in NamesOf<Tag, Union>]: Omit<Extract<Union, Readonly<Record<Tag, Name>>>, Tag>;
};
type NamesOf<Tag extends string, Union> = Union extends Readonly<Record<Tag, infer Name extends string>> ? Name : never;

/** The member of that name; of several names, any of theirs. */
export type Member<Tag extends string, Map, Name extends keyof Map> = {
  readonly [One in Name]: Readonly<Record<Tag, One>> & Map[One];
}[Name];
