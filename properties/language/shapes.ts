/**
 * The shapes that script data is read by: schemas of a library, each with the words for what it expects. Whatever comes
 * from a file or from a person is read by one of these, and a misspelt key never passes unseen.
 */
import * as v from 'valibot';

/** Reads an unknown value, gives it back in canonical form, or says what was expected at which place. */
export type Shape<Value> = v.GenericSchema<unknown, Value>;
/** The value that a shape gives back. */
export type ValueOf<Given extends Shape<unknown>> = v.InferOutput<Given>;
export type Fields = Readonly<Record<string, unknown>>;

/** Data that cannot be read. The message is one line, for people. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

/** Before a message that is a whole sentence of its own, and no expectation. */
const sentence = '!';

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws {ScriptError} one line: the place of what is wrong first, and what was expected there. `root` names the whole. */
export function read<Value>(shape: Shape<Value>, value: unknown, root: string): Value {
  const result = v.safeParse(shape, value, { abortEarly: true, abortPipeEarly: true });
  if (result.success) return result.output;
  throw new ScriptError(complaintOf(result.issues[0], root));
}

function complaintOf(issue: v.BaseIssue<unknown>, root: string): string {
  const place = placeOf(issue.path?.map(({ key }) => key) ?? [], root);
  if (issue.type === 'strict_object' && issue.path !== undefined) {
    return `${place}: ${issue.expected === 'never' ? 'unknown key' : 'missing'}`;
  }
  if (issue.message.startsWith(sentence)) return `${place}: ${issue.message.slice(sentence.length)}`;
  return `${place}: expected ${issue.message}`;
}

/** `steps[0].token.lifetimeMs`; a whole script goes without saying. */
function placeOf(keys: readonly unknown[], root: string): string {
  return keys.reduce<string>((place, key) => {
    if (typeof key === 'number') return `${place}[${key}]`;
    return place === 'script' ? String(key) : `${place}.${String(key)}`;
  }, root);
}

/** Taken as it is. */
export const unchecked: Shape<unknown> = v.unknown();
export const text: Shape<string> = v.string('a text');
const nameMessage = 'a text that is not empty';
export const name: Shape<string> = v.pipe(v.string(nameMessage), v.nonEmpty(nameMessage));
export const flag: Shape<boolean> = v.boolean('true or false');

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export const number: Shape<number> = v.custom<number>(isNumber, 'a number');
export const numberOrNull: Shape<number | null> = v.custom<number | null>((value) => value === null || isNumber(value), 'a number or null');

export function whole(least: number): Shape<number> {
  return v.custom<number>((value) => Number.isSafeInteger(value) && Number(value) >= least, `a whole number of at least ${least}`);
}

export function choice<const Choice extends string>(choices: readonly Choice[]): Shape<Choice> {
  return v.picklist(choices, `one of ${choices.join(', ')}`);
}

export function pattern(expected: string, isOne: (text: string) => boolean): Shape<string> {
  return v.custom<string>((value) => typeof value === 'string' && isOne(value), expected);
}

/** Every key must be known and, unless optional, there. Keys come back in the order of the entries. */
export function object<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(v.custom<Fields>(isObject, 'an object'), v.strictObject(entries, 'an object'));
}

/** A key that may be absent: `undefined` says the same. */
export function optional<Value>(shape: Shape<Value>) {
  return v.optional(shape);
}

export function nullable<Value>(shape: Shape<Value>): Shape<Value | null> {
  return v.nullable(shape);
}

export function list<Value>(item: Shape<Value>): Shape<readonly Value[]> {
  return v.pipe(v.array(item, 'a list'), v.readonly());
}

/** A list with something in it. */
export function listOfSome<Value>(item: Shape<Value>, expected: string): Shape<readonly Value[]> {
  return checked(list(item), (items) => items.length > 0, expected);
}

/** The shape, and a condition on what it gives. */
export function checked<Value>(shape: Shape<Value>, holds: (value: Value) => boolean, expected: string): Shape<Value> {
  return v.pipe(shape, v.check(holds, expected));
}

/** A condition that complains about one part, in a sentence of its own, or not at all. */
export function inspected<Value>(shape: Shape<Value>, complain: (value: Value) => Complaint | null): Shape<Value> {
  return v.pipe(
    shape,
    v.rawCheck(({ dataset, addIssue }) => {
      const complaint = dataset.typed ? complain(dataset.value) : null;
      if (complaint !== null) addIssue({ message: complaint.message, ...pathOf(complaint.at) });
    }),
  );
}

export interface Complaint {
  /** Keys from the value to the part. */
  readonly at: readonly (string | number)[];
  /** From `expected` or `sentenceOf`. */
  readonly message: string;
}

export function sentenceOf(message: string): string {
  return `${sentence}${message}`;
}

type Path = [v.IssuePathItem, ...v.IssuePathItem[]];

function pathOf(keys: readonly (string | number)[]): { readonly path?: Path } {
  const [first, ...rest] = keys.map((key): v.IssuePathItem => ({ type: 'unknown', origin: 'value', input: null, key, value: null }));
  return first === undefined ? {} : { path: [first, ...rest] };
}

export function changed<Value, Changed>(shape: Shape<Value>, change: (value: Value) => Changed): Shape<Changed> {
  return v.pipe(shape, v.transform(change));
}

/** Decides by the value itself which shape it must have. */
export function either<Value>(shapeOf: (value: unknown) => Shape<Value>): Shape<Value> {
  return v.lazy(shapeOf);
}

/** An object whose shape follows from one of its keys. */
export function byKey<Value>(key: string, shapes: Readonly<Record<string, Shape<Value>>>): Shape<Value> {
  const none = noneOf<Value>(key, Object.keys(shapes));
  return either((given) => {
    const kind = isObject(given) ? given[key] : undefined;
    return (typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined) ?? none;
  });
}

/** Says which kinds there are. */
function noneOf<Value>(key: string, kinds: readonly string[]): Shape<Value> {
  return v.pipe(
    v.custom<Fields>(isObject, 'an object'),
    v.rawTransform<Fields, Value>(({ addIssue, NEVER }) => {
      addIssue({ message: `one of ${kinds.join(', ')}`, ...pathOf([key]) });
      return NEVER;
    }),
  );
}

/** What is refused, whatever it is. */
export function refused<Value>(expected: string): Shape<Value> {
  return v.custom<Value>(() => false, expected);
}

/** An object of values of one kind by name, any name: the library's own records leave out the names of prototypes. */
export function table<Value>(item: Shape<Value>, order: 'sorted' | 'as written'): Shape<Readonly<Record<string, Value>>> {
  return v.pipe(
    v.custom<Fields>(isObject, 'an object'),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const names = Object.keys(dataset.value);
      const entries: [string, Value][] = [];
      for (const key of order === 'sorted' ? names.sort() : names) {
        const held = v.safeParse(item, dataset.value[key], { abortEarly: true, abortPipeEarly: true });
        if (!held.success) {
          addIssue({ message: messageOf(held.issues[0]), ...pathOf([key, ...keysOf(held.issues[0])]) });
          return NEVER;
        }
        entries.push([key, held.output]);
      }
      return Object.fromEntries(entries);
    }),
  );
}

function keysOf(issue: v.BaseIssue<unknown>): readonly (string | number)[] {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

/** The kind of an issue is lost on the way through a table, so that its words must say it. */
function messageOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object' || issue.path === undefined) return issue.message;
  return sentenceOf(issue.expected === 'never' ? 'unknown key' : 'missing');
}
