/**
 * Mutants that are left out, by rule: texts for people. No rule of the law speaks of the words of a log or of an error's
 * message, so that nobody could tell such a mutant from the product. They are counted, and every report tells how many.
 */

export interface LeavingOut {
  readonly name: string;
  readonly why: string;
}

const logged: LeavingOut = { name: 'text of a log', why: 'a text in a call of the logger' };
const thrown: LeavingOut = {
  name: 'text of an error',
  why: 'a text in the making of an error, in `super` of a class of errors, or in a call of `fail`, which throws one',
};
export const leavingOut: readonly LeavingOut[] = [logged, thrown];

/** A place in the syntax of a file, as much of it as is asked here. */
export interface Place {
  readonly node: object;
  readonly parentPath: Place | null;
}

/** The rule by which the text at this place is left out; undefined: it is no text, or one that counts. */
export function ruleFor(place: object): LeavingOut | undefined {
  if (!isPlace(place) || !['StringLiteral', 'TemplateLiteral'].includes(typeOf(place.node))) return undefined;
  for (let inner: Place = place, outer = place.parentPath; outer !== null; inner = outer, outer = outer.parentPath) {
    const { node } = outer;
    if (isBoundary(typeOf(node)) || textAt(node, 'callee') === inner.node) return undefined;
    if (typeOf(node) === 'NewExpression' && isErrorName(textAt(node, 'callee'))) return thrown;
    if (typeOf(node) === 'CallExpression') return ruleForCall(outer);
  }
  return undefined;
}

function ruleForCall(call: Place): LeavingOut | undefined {
  const callee = textAt(call.node, 'callee');
  if (isLogger(callee)) return logged;
  if (typeOf(callee) === 'Super') return isInClassOfErrors(call) ? thrown : undefined;
  return typeOf(callee) === 'Identifier' && lastNameOf(callee) === 'fail' ? thrown : undefined;
}

function isInClassOfErrors(place: Place): boolean {
  for (let outer: Place | null = place; outer !== null; outer = outer.parentPath) {
    const extended = textAt(outer.node, 'superClass');
    if (extended !== undefined) return isErrorName(extended);
  }
  return false;
}

function isErrorName(node: unknown): boolean {
  return /Error$/u.test(lastNameOf(node));
}

/** Beyond these a text is no part of what is said: a value that is computed, a statement, a function. */
function isBoundary(type: string): boolean {
  return /Statement$|Function|Method|Declaration$|^Program$/u.test(type);
}

/** `logger.warn`, `services.logger.error`. */
function isLogger(callee: unknown): boolean {
  return typeOf(callee) === 'MemberExpression' && lastNameOf(textAt(callee, 'object')) === 'logger';
}

function lastNameOf(node: unknown): string {
  if (typeOf(node) === 'MemberExpression') return lastNameOf(textAt(node, 'property'));
  const name = textAt(node, 'name');
  return typeof name === 'string' ? name : '';
}

function typeOf(node: unknown): string {
  const type = textAt(node, 'type');
  return typeof type === 'string' ? type : '';
}

function textAt(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined;
}

function isPlace(place: object): place is Place {
  return 'node' in place && typeof place.node === 'object' && 'parentPath' in place;
}
